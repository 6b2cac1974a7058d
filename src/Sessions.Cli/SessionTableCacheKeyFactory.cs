using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions;

/// <summary>Lets each table have a model of its own.</summary>
internal sealed class SessionTableCacheKeyFactory : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (((SessionsContext)context).Table, designTime);
}
