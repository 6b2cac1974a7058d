using System.Diagnostics;
using System.Reflection;

namespace Sessions.Tests;

/// <summary>Who knows a session's id is the visitor: it is in no store, log, error or debugger.</summary>
public sealed class SecrecyTests
{
    [Fact]
    public async Task The_store_the_logs_and_the_errors_share_no_text_with_the_ids()
    {
        var sessions = new TestSessions(options => options.NestedMutations = NestedMutations.Warn);
        var session = sessions.Create();
        session.Set("xs", new List<int> { 1 });
        await sessions.SaveAsync(session);
        var first = session.Id!.Value;
        session.CycleId();
        session.Get<List<int>>("xs")!.Add(2);
        await sessions.SaveAsync(session);
        var second = session.Id!.Value;
        var unreadable = Assert.Throws<SessionValueException>(() => session.Get<int>("xs"));
        await sessions.DeleteAsync(second);
        session.Set("a", 1);
        var interrupted = await Assert.ThrowsAsync<SessionInterruptedException>(() => sessions.SaveAsync(session));
        var damaged = await sessions.StoreRecordAsync(new SessionRecord
        {
            Payload = default,
            Version = 1,
            CreatedAt = sessions.Now,
            ExpiresAt = sessions.Now.AddDays(1),
        });
        var opened = await sessions.OpenAsync(damaged);

        Assert.Contains(sessions.Logs.GetSnapshot(), entry => entry.Message.Contains("'xs'", StringComparison.Ordinal));
        Assert.Contains(sessions.Logs.GetSnapshot(), entry => entry.Message.Contains($"{damaged}", StringComparison.Ordinal));
        string[] texts =
        [
            .. sessions.Store.Told,
            .. sessions.Logs.GetSnapshot().Select(entry => $"{entry.Message} {string.Join(' ', entry.StructuredState ?? [])}"),
            unreadable.ToString(),
            interrupted.ToString(),
            new SessionDebugView(opened).Id,
        ];
        foreach (var secret in new[] { first.Secret, second.Secret, damaged.Secret })
        {
            for (var start = 0; start + 8 <= secret.Length; start++)
                Assert.DoesNotContain(texts, text => text.Contains(secret.Substring(start, 8), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_debugger_is_shown_no_secret()
    {
        Assert.All(
            typeof(SessionId).GetProperties().Where(property => property.PropertyType == typeof(string)),
            property => Assert.Equal(DebuggerBrowsableState.Never, property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
        Assert.All(
            typeof(SessionId).GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
            field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
        Assert.NotNull(typeof(SessionId).GetCustomAttribute<DebuggerDisplayAttribute>());
        Assert.Equal(
            typeof(SessionDebugView).AssemblyQualifiedName,
            typeof(Session).GetCustomAttribute<DebuggerTypeProxyAttribute>()?.ProxyTypeName);
    }
}
