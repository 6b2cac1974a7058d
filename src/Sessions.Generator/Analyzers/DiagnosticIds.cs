namespace Sessions.Generator.Analyzers;

/// <summary>Every rule's id. Each has a page under docs/diagnostics.</summary>
internal static class DiagnosticIds
{
    public const string ShapeNotPartial = "SES0101";
    public const string ShapeNotOrdinaryClass = "SES0102";
    public const string PropertyNotPartial = "SES0103";
    public const string NameTaken = "SES0104";
    public const string LanguageTooOld = "SES0105";
    public const string KeyWithUnderscore = "SES0201";
    public const string KeyLength = "SES0202";
    public const string KeyInTwoProperties = "SES0203";
    public const string TypeCannotBeStored = "SES0204";
    public const string DefaultDoesNotConvert = "SES0205";
    public const string NoJsonContext = "SES0206";
    public const string NestedMutation = "SES0301";
    public const string SessionReplaced = "SES0302";
    public const string SessionEscapes = "SES0303";
    public const string KeyOfShape = "SES0304";
    public const string MissingKeyThrows = "SES0305";
    public const string SchemaBroken = "SES0401";
}
