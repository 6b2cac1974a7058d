namespace Counter;

/// <summary>What is remembered of a visitor: each partial property is a key of the session.</summary>
[SessionShape]
public partial class CounterSession
{
    /// <summary>How often the visitor came. 0 while the key is missing.</summary>
    public partial int Visits { get; set; }

    /// <summary>When the visitor came first. Null while the key is missing.</summary>
    public partial DateTimeOffset? FirstVisit { get; set; }

    /// <summary>The days of the week on which the visitor came. Enums and lists of them need no JSON context.</summary>
    public partial List<DayOfWeek>? Days { get; set; }

    /// <summary>What the visitor wrote down. An empty one while the key is missing.</summary>
    [SessionKey(DefaultFactory = nameof(NoNotes))]
    public partial Notebook Notes { get; set; }

    private static Notebook NoNotes() => new();
}
