namespace Sessions.Generator.Analyzers.NestedMutations;

internal enum SessionRootKind
{
    /// <summary>What a parameter, field, property, method or expression stands for.</summary>
    Named,

    /// <summary>The request's session: <c>HttpContext.GetSession()</c>, or a shape out of the services.</summary>
    Request,

    /// <summary>A session that the code has created or opened by itself.</summary>
    Created,
}
