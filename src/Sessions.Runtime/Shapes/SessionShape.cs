using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>What generated shapes call.</summary>
public static class SessionShape
{
    /// <summary>Binds a shape as a parameter of a minimal API's handler: loads the session asynchronously.</summary>
    public static ValueTask<TShape> BindAsync<TShape>(HttpContext context)
        where TShape : class, ISessionShape<TShape>
    {
        var request = context.GetSessionRequest();
        var loaded = request.LoadForAsync<TShape>();
        return loaded.IsCompletedSuccessfully ? new(TShape.Create(request.Session)) : CreateWhenAsync(loaded, request);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        static async ValueTask<TShape> CreateWhenAsync(ValueTask loaded, SessionRequest request)
        {
            await loaded;
            return TShape.Create(request.Session);
        }
    }
}
