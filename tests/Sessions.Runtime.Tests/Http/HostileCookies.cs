using System.Text;

namespace Sessions.Tests.Http;

/// <summary>Headers as nobody honest sends them, one set a seed.</summary>
internal static class HostileCookies
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The values of the request's <c>Cookie</c> headers.</summary>
    /// <param name="seed">The same one, the same values.</param>
    /// <param name="anyCharacter">Whether they may hold what no header can hold on the wire.</param>
    public static string[] Headers(int seed, bool anyCharacter)
    {
        var random = new Random(seed);
        var id = Text(random, SessionId.Length);
        return random.Next(14) switch
        {
            0 => [$"sessionid={Noise(random, 200, anyCharacter)}"],
            1 => [$"sessionid={new string('a', random.Next(4_000, 40_000))}"],
            2 => [string.Join(';', Enumerable.Range(0, random.Next(1, 1_000)).Select(_ => $"sessionid={Text(random, 4)}"))],
            3 => [$"sessionid={id.Remove(random.Next(32), 1).Insert(random.Next(31), $"{(anyCharacter ? (char)random.Next(32) : '\t')}")}"],
            4 =>
            [
                $"{Pick(random, "ѕessionid", "sessionіd", "ｓｅｓｓｉｏｎｉｄ", "sessionid\u200b", "\ufeffsessionid")}={id}",
                $"sessionid={Pick(random, "а", "１", "ａ", "\u0130", "é")}{id[1..]}",
            ],
            5 => [$"SessionId={id}; sessionid={Text(random, 31)}; sessionid=; sessionid={id.ToUpperInvariant()}; sessionid={id}; sessionid={id}"],
            6 => [string.Join("; ", Enumerable.Range(0, 40).Select(_ =>
                $"sessionid.{Pick(random, "1", "01", "-1", "1.1", "", "99999999999999999999", $"{random.Next(2_000)}", "١")}={Text(random, 20)}"))
                + $"; sessionid={id}-7-x"],
            7 => [$"sessionid={id}"],
            8 => [$"sessionid={id}-{Pick(random, "1", "7", "0", "-1", "+1", "4294967297", " 1")}-{Text(random, 300)}; sessionid.1={Text(random, 300)}"],
            9 => [.. Enumerable.Range(0, random.Next(2, 20)).Select(_ => $"sessionid={Text(random, 32)}")],
            10 => [new string(';', random.Next(500)) + "=;==;sessionid;=sessionid;sessionid==;,,,"],
            11 => [$"sessionid=\"{id}\"; sessionid=%{id[1..]}; sessionid={Convert.ToBase64String(Encoding.UTF8.GetBytes(id))}"],
            12 => [Noise(random, 500, anyCharacter)],
            _ => [$"sessionid={Pick(random, "../../../etc/passwd", "con", "nul", "' or 1=1 --", "${jndi:ldap://x}", "<script>", "%00", "__proto__")}"],
        };
    }

    private static string Text(Random random, int length) => new(random.GetItems<char>(Alphabet, length));

    // On the wire a header may hold any byte but those that end it.
    private static string Noise(Random random, int most, bool anyCharacter) => string.Create(random.Next(1, most), random, (text, random) =>
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = anyCharacter ? (char)random.Next(char.MaxValue + 1) : (char)random.Next(' ', 0x100);
    });

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}
