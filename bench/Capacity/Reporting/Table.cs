using System.Text;

namespace Sessions.Capacity;

/// <summary>Rows for people, in Markdown.</summary>
internal sealed record Table(string Title, string Note, string CaseHead, IReadOnlyList<Column> Columns, IReadOnlyList<Row> Rows)
{
    public override string ToString()
    {
        var text = new StringBuilder($"## {Title}\n\n{Note}\n\n");
        Append(text, ["store", CaseHead, .. Columns.Select(static column => column.Head)]);
        Append(text, [.. Enumerable.Repeat("---", Columns.Count + 2)]);
        foreach (var row in Rows)
            Append(text, [row.Store, row.Case, .. Columns.Select(column => Cell(row, column))]);
        return text.ToString();
    }

    private string Cell(Row row, Column column)
    {
        if (!row.Figures.TryGetValue(column.Figure, out var figure))
            return "–";
        var first = Rows.First(other => other.Store == row.Store);
        return column.HasRatio && row != first && first.Figures.TryGetValue(column.Figure, out var reference) && reference > 0
            ? $"{column.Format(figure)} ({Format.Ratio(figure / reference)})"
            : column.Format(figure);
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
