namespace Sessions.Tests.Http;

/// <summary>The cookie that an answer gives.</summary>
internal enum Gives
{
    Nothing,
    SameId,
    NewId,
    Deletion,
}
