using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>What generated shapes call.</summary>
public static class SessionShape
{
    /// <summary>Binds a shape as a parameter of a minimal API's handler: loads the session asynchronously.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<TShape> BindAsync<TShape>(HttpContext context)
        where TShape : class, ISessionShape<TShape>
    {
        var request = context.GetSessionRequest();
        await request.LoadForAsync<TShape>();
        return TShape.Create(request.Session);
    }
}
