using Microsoft.EntityFrameworkCore;
using Storefront.Data;

var builder = WebApplication.CreateBuilder(args);
var database = builder.Configuration.GetConnectionString("Storefront")
    ?? $"Data Source={Path.Combine(builder.Environment.ContentRootPath, "storefront.db")}";

builder.Services.AddDbContext<StorefrontContext>(options => options.UseSqlite(database));
builder.Services.AddRazorPages();
builder.Services.AddTypedSessions()
    .StoreInDatabase<StorefrontContext>()
    .AddSessionShapes()                                  // generated: the classes in Shapes can be injected
    .AddExpiredSessionCleanup(TimeSpan.FromHours(1));

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
    await scope.ServiceProvider.GetRequiredService<StorefrontContext>().Database.EnsureCreatedAsync();

app.UseTypedSessions();
app.MapStaticAssets();
app.MapRazorPages().RequireSession().WithStaticAssets(); // the session is loaded, asynchronously, before a page runs
await app.RunAsync();
