using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests.Http;

/// <summary>Whatever is done to a client's cookies, they are accepted whole and unchanged, or not at all.</summary>
public sealed class MutatedCookieTests
{
    private const int Clients = 4;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.=%\"/+,";

    [Fact]
    public async Task No_mutated_cookie_is_accepted_and_none_is_an_error()
    {
        var keys = new EphemeralDataProtectionProvider();
        await using var app = await TestApp.StartAsync(
            CookieStoreTests.Map, sessions: sessions => sessions.StoreInCookies().Services.AddSingleton<IDataProtectionProvider>(keys));
        var (mine, theirs) = (await LargeSessionAsync(app), await LargeSessionAsync(app));
        Assert.True(mine.Names.Count >= 3);
        var seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(seed + client);
            for (var i = 0; i < TestScale.Of(100_000) / Clients; i++)
            {
                var header = Mutate(mine, theirs, random);
                var answer = await app.GetAsync("/keys", header);
                Assert.True(answer.Status == 200 && answer.Body.Length == 0, $"seed {seed + client}, mutation {i}: {answer.Status} {answer.Body}\n{header}");
            }
        })));

        Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error || record.Exception is not null);
        Assert.Equal("large:9000", (await mine.GetAsync(app, "/keys")).Body);
    }

    [Fact]
    public async Task Every_single_byte_counts()
    {
        var keys = new EphemeralDataProtectionProvider();
        await using var app = await TestApp.StartAsync(
            CookieStoreTests.Map, sessions: sessions => sessions.StoreInCookies().Services.AddSingleton<IDataProtectionProvider>(keys));
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=a&length=10");
        var value = jar["sessionid"];

        for (var i = 0; i < value.Length; i++)
        {
            // The last character of base64 may hold bits that mean nothing: those must be zero.
            foreach (var other in Alphabet.Where(c => c != value[i]).Take(i == value.Length - 1 ? Alphabet.Length : 2))
            {
                jar["sessionid"] = $"{value[..i]}{other}{value[(i + 1)..]}";
                Assert.Equal("", (await app.GetAsync("/keys", jar.Header)).Body);
            }
        }
    }

    private static async Task<CookieJar> LargeSessionAsync(TestApp app)
    {
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=large&length=9000");
        return jar;
    }

    private static string Mutate(CookieJar mine, CookieJar theirs, Random random)
    {
        var jar = mine.Copy();
        var names = jar.Names.ToArray();
        var name = names[random.Next(names.Length)];
        var value = jar[name];
        var other = names[(Array.IndexOf(names, name) + 1 + random.Next(names.Length - 1)) % names.Length];
        switch (random.Next(7))
        {
            case 0:   // other bytes
                var changed = value.ToCharArray();
                for (var count = random.Next(1, 4); count > 0;)
                {
                    var at = random.Next(changed.Length);
                    var by = Alphabet[random.Next(Alphabet.Length)];
                    if (changed[at] == value[at] && by != value[at])
                    {
                        changed[at] = by;
                        count--;
                    }
                }

                jar[name] = new string(changed);
                break;
            case 1:   // cut short
                jar[name] = value[..random.Next(value.Length)];
                break;
            case 2:   // longer
                jar[name] = value.Insert(random.Next(value.Length + 1), $"{Alphabet[random.Next(Alphabet.Length)]}");
                break;
            case 3:   // dropped
                jar.Remove(name);
                break;
            case 4:   // swapped
                (jar[name], jar[other]) = (jar[other], value);
                break;
            case 5:   // another visitor's
                jar[name] = theirs[name];
                break;
            default:   // another visitor's id, or session under mine
                var first = theirs["sessionid"];
                jar["sessionid"] = random.Next(2) == 0
                    ? first[..SessionId.Length] + jar["sessionid"][SessionId.Length..]
                    : jar["sessionid"][..SessionId.Length] + first[SessionId.Length..];
                break;
        }

        return jar.Header;
    }
}
