using Grpc.Core;

namespace Sessions.Tests.Http;

internal sealed class VisitService(VisitSession visit) : VisitServiceBase
{
    public override Task<string> Do(string what, ServerCallContext call)
    {
        var session = call.GetHttpContext().GetSession();
        if (what == "add")
            visit.Count++;
        return what == "fail"
            ? throw new RpcException(new Status(StatusCode.NotFound, $"visit {++visit.Count}"))
            : Task.FromResult($"visit {session.Get<int>("Count")}");
    }
}
