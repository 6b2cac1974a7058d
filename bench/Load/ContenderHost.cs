using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Sessions.Load;

/// <summary>The process of one contender: serves until its standard input ends.</summary>
internal static class ContenderHost
{
    /// <summary>The line that tells where it listens begins with this.</summary>
    public const string Listening = "listening ";

    public static async Task RunAsync(Contender contender, Place place)
    {
        // What the driver pays for is the contender's work: no log, no configuration files, Kestrel as it comes.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        contender.AddServices(builder.Services, place);
        await using var app = builder.Build();
        await using (var scope = app.Services.CreateAsyncScope())
            await contender.PrepareAsync(scope.ServiceProvider);
        contender.Map(app);
        app.MapGet("/usage", Usage.Now);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Console.WriteLine(Listening + address);
        await Console.In.ReadToEndAsync();   // also when the driver dies
    }
}

/// <summary>What the process has used so far.</summary>
/// <param name="AllocatedBytes">Of managed memory.</param>
/// <param name="StoreCalls">See <see cref="Sessions.Load.StoreCalls"/>.</param>
/// <param name="ProcessorSeconds">Of all threads.</param>
internal sealed record Usage(long AllocatedBytes, long StoreCalls, double ProcessorSeconds)
{
    public static Usage Now()
    {
        using var process = Process.GetCurrentProcess();
        return new Usage(GC.GetTotalAllocatedBytes(precise: true), Load.StoreCalls.Count, process.TotalProcessorTime.TotalSeconds);
    }

    public static Usage operator -(Usage left, Usage right) => new(
        left.AllocatedBytes - right.AllocatedBytes, left.StoreCalls - right.StoreCalls, left.ProcessorSeconds - right.ProcessorSeconds);
}
