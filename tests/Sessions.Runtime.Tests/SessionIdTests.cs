namespace Sessions.Tests;

public sealed class SessionIdTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static TheoryData<string?> Malformed =>
    [
        (string?)null,
        "",
        " ",
        new string('a', 31),
        new string('a', 33),
        new string('A', 32),
        new string('a', 31) + "A",
        new string('a', 31) + "\0",
        "\0" + new string('a', 31),
        new string('a', 31) + " ",
        new string('a', 32) + "\n",
        "../" + new string('a', 29),
        "..\\" + new string('a', 29),
        new string('a', 31) + "_",
        new string('a', 31) + "-",
        new string('a', 31) + ".",
        new string('a', 31) + "%",
        new string('a', 31) + "é",
        new string('a', 31) + "\u0661",
        new string('a', 31) + "\uFF11",
        new string('a', 31) + "\u0131",
        new string('a', 31) + "\u212A",
        new string('a', 30) + "\U0001F600",
        "nul",
        "con" + new string('.', 29),
        new string('a', 1_000_000),
    ];

    [Fact]
    public void A_new_id_has_32_characters_of_the_alphabet_and_reads_back()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var id = SessionId.New();

            Assert.Equal(SessionId.Length, id.Secret.Length);
            Assert.All(id.Secret, c => Assert.Contains(c, Alphabet));
            Assert.True(SessionId.TryParse(id.Secret, out var parsed));
            Assert.Equal(id, parsed);
        }
    }

    [Fact]
    public void No_id_is_drawn_twice()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => SessionId.New().Secret);

        Assert.Equal(10_000, ids.Distinct().Count());
    }

    [Fact]
    public void Every_character_is_as_likely_as_any_other_in_every_place()
    {
        const int Ids = 36_000;
        const int Expected = Ids / 36;
        const int Deviations = 8;   // of about 31 each: by chance once in 10^12 runs
        var counts = new int[SessionId.Length * Alphabet.Length];
        for (var i = 0; i < Ids; i++)
        {
            var secret = SessionId.New().Secret;
            for (var place = 0; place < secret.Length; place++)
                counts[(place * Alphabet.Length) + Alphabet.IndexOf(secret[place], StringComparison.Ordinal)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, Expected - (31 * Deviations), Expected + (31 * Deviations)));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_no_id_is_refused(string? value)
    {
        Assert.False(SessionId.TryParse(value, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void Every_character_of_the_alphabet_is_accepted_and_no_other_in_any_place()
    {
        for (var c = '\0'; c < '\u0180'; c++)
        {
            foreach (var place in new[] { 0, 15, 31 })
            {
                var text = new string('a', place) + c + new string('a', 31 - place);
                Assert.Equal(Alphabet.Contains(c, StringComparison.Ordinal), SessionId.TryParse(text, out _));
            }
        }
    }

    [Fact]
    public void The_redacted_form_shares_no_run_of_6_characters_with_the_secret()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var id = SessionId.New();
            var text = id.ToString();

            Assert.InRange(text.Length, 4, 16);
            for (var start = 0; start + 6 <= SessionId.Length; start++)
                Assert.DoesNotContain(id.Secret.Substring(start, 6), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_redacted_form_tells_ids_apart_and_is_the_same_each_time()
    {
        var (a, b) = (SessionId.New(), SessionId.New());

        Assert.Equal(a.ToString(), a.ToString());
        Assert.NotEqual(a.ToString(), b.ToString());
        Assert.Equal($"{a}", a.ToString());
    }

    [Fact]
    public void The_digest_has_a_version_and_is_safe_as_a_name_in_any_store()
    {
        Assert.True(SessionId.TryParse(new string('a', 32), out var id));

        Assert.Equal("v1.3ba3f5f43b92602683c19aee62a20342b084dd5971ddd33808d81a328879a547", id.Digest());
        Assert.Matches("^[a-z0-9.]{1,80}$", SessionId.New().Digest());
    }

    [Fact]
    public void Ids_are_equal_by_value()
    {
        var id = SessionId.New();
        Assert.True(SessionId.TryParse(id.Secret, out var same));
        var other = SessionId.New();

        Assert.True(id == same && id.Equals(same) && id.Equals((object)same) && !(id != same));
        Assert.Equal(id.GetHashCode(), same.GetHashCode());
        Assert.True(id != other && !id.Equals(other) && !id.Equals((object)other) && !(id == other));
        Assert.False(id.Equals(null));
        Assert.False(id.Equals((object)id.Secret));
        Assert.False(id == default);
        Assert.True(default == default(SessionId));
        Assert.Equal(0, default(SessionId).GetHashCode());
    }

    [Fact]
    public void The_default_value_is_no_id_and_has_no_secret()
    {
        Assert.Throws<InvalidOperationException>(() => default(SessionId).Secret);
        Assert.Throws<InvalidOperationException>(() => default(SessionId).Digest());
        Assert.Equal("(no session id)", default(SessionId).ToString());
    }
}
