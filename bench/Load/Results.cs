namespace Sessions.Load;

/// <summary>What one contender did in one round of one work.</summary>
internal sealed record Round(string Contender, string Work, int Number, Drive Drive, Usage? Usage);

/// <summary>All that was measured.</summary>
/// <param name="Driver">What sent the requests.</param>
/// <param name="Contenders">Who took part.</param>
/// <param name="Works">What they did.</param>
/// <param name="Rounds">How it went.</param>
/// <param name="StoreCalls">Calls to the store a request, by contender and work.</param>
/// <param name="Starts">From process start to first answer, in milliseconds, by contender.</param>
/// <param name="Missing">Who could not take part, and why.</param>
internal sealed record Results(
    string Driver,
    IReadOnlyList<Contender> Contenders,
    IReadOnlyList<Work> Works,
    IReadOnlyList<Round> Rounds,
    IReadOnlyDictionary<(string Contender, string Work), double> StoreCalls,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Starts,
    IReadOnlyList<string> Missing)
{
    public IEnumerable<Round> Of(string contender, string work) => Rounds.Where(round => round.Contender == contender && round.Work == work);

    /// <summary>The median over the rounds; null where there is none.</summary>
    public double? Median(string contender, string work, Func<Round, double?> value) => Median(Of(contender, work).Select(value).OfType<double>());

    public double? PerSecond(string contender, string work) => Median(contender, work, round => round.Drive.PerSecond);

    public double? Bytes(string contender, string work) => Median(contender, work, round => round.Usage?.AllocatedBytes / (double)round.Drive.Requests);

    /// <summary>How the throughput of one compares with that of another in the same round, as the median over the rounds.</summary>
    public double? Ratio(string contender, string other, string work) => Ratio((contender, work), (other, work));

    public double? Ratio((string Contender, string Work) one, (string Contender, string Work) other) => Median(
        from mine in Of(one.Contender, one.Work)
        join theirs in Of(other.Contender, other.Work) on mine.Number equals theirs.Number
        select mine.Drive.PerSecond / theirs.Drive.PerSecond);

    public static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
