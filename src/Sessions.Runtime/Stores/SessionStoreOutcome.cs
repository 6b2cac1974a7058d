namespace Sessions;

/// <summary>What a store found when it was asked to change a record.</summary>
public enum SessionStoreOutcome
{
    /// <summary>The change was made.</summary>
    Done,

    /// <summary>There is no live record under the id; nothing was changed.</summary>
    Missing,

    /// <summary>The id was rotated away within the last minute; nothing was changed.</summary>
    Retired,

    /// <summary>The new id of a rotation is not free; nothing was changed.</summary>
    IdTaken,
}
