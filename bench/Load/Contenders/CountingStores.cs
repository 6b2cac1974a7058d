using System.Reflection;
using Microsoft.Extensions.Caching.Distributed;

namespace Sessions.Load;

/// <summary>Counts the calls of sessions to their stores, by whatever method.</summary>
internal static class CountingStores
{
    public static void Decorate(IServiceCollection services)
    {
        foreach (var service in services.Where(service => service.ServiceType == typeof(ISessionStore) || service.ServiceType == typeof(IDistributedCache)).ToList())
        {
            services.Remove(service);
            services.AddSingleton(service.ServiceType, provider => Counting(service, service.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!)));
        }
    }

    private static object Counting(ServiceDescriptor service, object inner) =>
        service.ServiceType == typeof(ISessionStore) ? Proxy<ISessionStore>.Around((ISessionStore)inner) : Proxy<IDistributedCache>.Around((IDistributedCache)inner);

#pragma warning disable CA1852 // the proxy derives from it
    private class Proxy<T> : DispatchProxy
        where T : class
    {
        private T _inner = null!;

        public static T Around(T inner)
        {
            var proxy = Create<T, Proxy<T>>();
            ((Proxy<T>)(object)proxy)._inner = inner;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            StoreCalls.Add();
            return targetMethod!.Invoke(_inner, args);
        }
    }
#pragma warning restore CA1852
}
