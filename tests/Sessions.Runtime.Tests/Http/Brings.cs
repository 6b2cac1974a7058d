namespace Sessions.Tests.Http;

/// <summary>The cookie that a request brings.</summary>
internal enum Brings
{
    Nothing,
    Live,
    Unknown,
    Expired,
    TooShort,
    Empty,
    BadCharacters,
}
