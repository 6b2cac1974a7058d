using System.Text;
using Grpc.Core;

namespace Sessions.Tests.Http;

/// <summary>What a .proto file would have generated: a service of one method, with text for messages.</summary>
[BindServiceMethod(typeof(VisitServiceBase), nameof(Bind))]
internal abstract class VisitServiceBase
{
    private static readonly Marshaller<string> Text = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    public static readonly Method<string, string> Method = new(MethodType.Unary, "Visits", nameof(Do), Text, Text);

    public static void Bind(ServiceBinderBase binder, VisitServiceBase? service) =>
        binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<string, string>(service.Do));

    public abstract Task<string> Do(string what, ServerCallContext call);
}
