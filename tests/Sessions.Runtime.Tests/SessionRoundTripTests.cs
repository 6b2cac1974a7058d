using CsCheck;

namespace Sessions.Tests;

/// <summary>A value that is read in this request equals the one that the next request reads.</summary>
public sealed class SessionRoundTripTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char['\u0000', '\uFFFF'], Gen.Char['\uD800', '\uDFFF'], Gen.Char[' ', '~']).Array[0, 20].Select(chars => new string(chars));

    private static readonly Gen<string> Text = AnyText.Select(text => new string([.. text.Where(c => !char.IsSurrogate(c))]));

    private static readonly Gen<DateTime> Moments = Gen.Select(
        Gen.Long[0, DateTime.MaxValue.Ticks],
        Gen.OneOf(DateTimeKind.Utc, DateTimeKind.Unspecified),
        (ticks, kind) => new DateTime(ticks, kind));

    private static readonly Gen<DateTimeOffset> Offsets = Gen.Select(
        Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay],
        Gen.Int[-14 * 60, 14 * 60],
        (ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)));

    [Fact]
    public async Task Whole_numbers()
    {
        await AlikeAsync(Gen.Int);
        await AlikeAsync(Gen.Long);
        await AlikeAsync(Gen.ULong);
        await AlikeAsync(Gen.Byte);
        await AlikeAsync(Gen.Short);
        await AlikeAsync(Gen.Int.Nullable());
        await AlikeAsync(Gen.Select(Gen.Long, Gen.Long, (a, b) => (Int128)a * b));
    }

    [Fact]
    public async Task Fractions()
    {
        await AlikeAsync(Gen.Double.Where(double.IsFinite));
        await AlikeAsync(Gen.Float.Where(float.IsFinite));
        await AlikeAsync(Gen.Decimal);
        await AlikeAsync(Gen.OneOf(0.0, -0.0, double.Epsilon, double.MaxValue, 0.1, 1e16, 9007199254740993));
        await AlikeAsync(Gen.OneOf(1.0m, 1.00m, decimal.MaxValue, 0.0000000000000000000000000001m));
    }

    [Fact]
    public async Task Text_of_any_characters()
    {
        await AlikeAsync(AnyText);
        await AlikeAsync(Gen.Char['\u0000', '\uFFFF']);
        await AlikeAsync(AnyText.Select(text => (object)text));
    }

    [Fact]
    public async Task Dates_and_times()
    {
        await AlikeAsync(Moments, moment => (moment.Ticks, moment.Kind));
        await AlikeAsync(Offsets, moment => (moment.Ticks, moment.Offset));
        await AlikeAsync(Gen.Long.Select(ticks => new TimeSpan(ticks)));
        await AlikeAsync(Moments.Select(DateOnly.FromDateTime));
        await AlikeAsync(Moments.Select(TimeOnly.FromDateTime));
        await AlikeAsync(Moments.Nullable());
    }

    [Fact]
    public async Task Other_simple_values()
    {
        await AlikeAsync(Gen.Bool);
        await AlikeAsync(Gen.Guid);
        await AlikeAsync(Gen.Int.Select(value => (DayOfWeek)value));
        await AlikeAsync(Gen.Select(Gen.Int, Gen.Double.Where(double.IsFinite), Moments));
        await AlikeAsync(Gen.Select(Text, Gen.Guid, Gen.Bool.Nullable()));
        await AlikeAsync(Gen.Select(AnyText, Gen.Int));
        await AlikeAsync(Text.Select(text => new Uri($"https://example.org/{Uri.EscapeDataString(text)}")));
    }

    [Fact]
    public async Task Collections()
    {
        await AlikeAsync(Gen.Int.Array[0, 10], numbers => string.Join(',', numbers));
        await AlikeAsync(Gen.Byte.Array[0, 50], Convert.ToHexString);
        await AlikeAsync(Text.List[0, 10], texts => string.Join('|', texts));
        await AlikeAsync(Gen.Int.HashSet[0, 10], numbers => string.Join(',', numbers));
        await AlikeAsync(
            Gen.Dictionary(Text, Gen.Int.List[0, 3])[0, 5],
            map => string.Join('|', map.Select(pair => $"{pair.Key}={string.Join(',', pair.Value)}")));
        await AlikeAsync(
            Gen.Select(Text, Text.List[0, 3], (owner, lines) => new Basket { Owner = owner, Lines = lines }),
            basket => $"{basket.Owner}: {string.Join('|', basket.Lines)}");
    }

    private static Task AlikeAsync<T>(Gen<T> values) => AlikeAsync(values, value => value);

    private static async Task AlikeAsync<T, TEquatable>(Gen<T> values, Func<T, TEquatable> comparable)
    {
        await values.SampleAsync(async value =>
        {
            var sessions = new TestSessions();
            var session = sessions.Create();
            session.Set("typed", value);
            session["untyped"] = value;
            session.Update([new("updated", value)]);
            string[] keys = ["typed", "untyped", "updated"];

            var now = keys.Select(key => session.Get<T>(key)!).ToArray();
            var next = await sessions.ReopenAsync(session);

            Assert.All(keys.Zip(now), read =>
            {
                Assert.Equal(comparable(next.Get<T>(read.First)!), comparable(read.Second));
                Assert.True(next[read.First] is null or bool or string or long or double or List<object?> or Dictionary<string, object?>);
            });
        });
    }
}
