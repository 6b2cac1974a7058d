namespace Sessions;

/// <summary>The keys that a registered shape reads. A shape comes to life when they are asked for.</summary>
internal abstract class SessionShapeKeys
{
    public abstract Type Shape { get; }

    /// <summary>Their names; null: any key.</summary>
    public abstract IReadOnlyCollection<string>? Names { get; }
}

/// <inheritdoc/>
internal sealed class SessionShapeKeys<TShape> : SessionShapeKeys
    where TShape : class, ISessionShape<TShape>
{
    public override Type Shape => typeof(TShape);

    public override IReadOnlyCollection<string>? Names => TShape.KeyNames;
}
