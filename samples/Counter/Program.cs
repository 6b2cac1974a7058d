using Counter;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, CounterJsonContext.Default));

var sessions = builder.Services
    .AddTypedSessions(options => options.Serializer = new JsonSessionSerializer(new() { TypeInfoResolver = CounterJsonContext.Default }))
    .AddSessionShapes();
if (builder.Configuration.GetConnectionString("Redis") is { } redis)
    sessions.StoreInRedis(redis);                        // in memory without it

var app = builder.Build();
app.UseTypedSessions();

app.MapGet("/", (CounterSession counter, TimeProvider time) =>
{
    var now = time.GetUtcNow();
    if (counter.Days?.Contains(now.DayOfWeek) != true)
        counter.Days = counter.Days is { } days ? [.. days, now.DayOfWeek] : [now.DayOfWeek];
    return new Visit(++counter.Visits, counter.SetDefaultFirstVisit(now), string.Join(", ", counter.Days));
});

app.MapGet("/notes", (CounterSession counter) => counter.Notes);
app.MapPost("/notes", void (CounterSession counter, string text) => counter.MutateNotes(notes => notes.Lines.Add(text)));
app.MapDelete("/notes", Notebook (CounterSession counter) => counter.PopNotes(new Notebook()));

app.MapPost("/sign-in", (Session session) => session.CycleId());   // a new id, the same data
app.MapPost("/reset", (Session session) => session.Flush());       // the end of the session

await app.RunAsync();
