using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <content>The verbs that take a typed key: they know its default and the names it had before.</content>
public sealed partial class Session
{
    /// <summary>The value, or the key's default when it is missing, or <c>default</c> when it has none.</summary>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>.</exception>
    public T Get<T>(SessionKey<T> key) => TryGet(key, out var value) || TryDefault(key, out value) ? value : default!;

    /// <summary>The value, or the key's default when it is missing.</summary>
    /// <exception cref="KeyNotFoundException">The key is missing and has no default.</exception>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>.</exception>
    public T GetRequired<T>(SessionKey<T> key) => TryGet(key, out var value) || TryDefault(key, out value) ? value : throw Missing(key);

    /// <summary>The value, or <paramref name="defaultValue"/> when the key is missing.</summary>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>.</exception>
    public T Get<T>(SessionKey<T> key, T defaultValue) => TryGet(key, out var value) ? value : defaultValue;

    /// <summary>Gets the value if the key is there.</summary>
    /// <returns>False only when the key is missing, whatever its default.</returns>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>.</exception>
    public bool TryGet<T>(SessionKey<T> key, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return TryReadAgain(key.Name, out value) || TryRead(PresentName(key), out value);
    }

    /// <summary>Stores a value, as it is at this moment.</summary>
    /// <inheritdoc cref="Set{T}(string, T)" path="/exception"/>
    public void Set<T>(SessionKey<T> key, T value)
    {
        ArgumentNullException.ThrowIfNull(key);
        Write(key.Name, value);
        RemoveFormer(key);
    }

    /// <summary>Removes the key and gives the value it had.</summary>
    /// <exception cref="KeyNotFoundException">The key is missing, whatever its default.</exception>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>; it stays.</exception>
    public T Pop<T>(SessionKey<T> key) => TryPop(key, out var value) ? value : throw Missing(key);

    /// <summary>Removes the key and gives the value it had, or <paramref name="defaultValue"/> when it is missing.</summary>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>; it stays.</exception>
    public T Pop<T>(SessionKey<T> key, T defaultValue) => TryPop(key, out var value) ? value : defaultValue;

    /// <summary>The stored value; when the key is missing, stores <paramref name="value"/> and gives it.</summary>
    /// <inheritdoc cref="Set{T}(string, T)" path="/exception"/>
    public T SetDefault<T>(SessionKey<T> key, T value)
    {
        if (TryGet(key, out var stored))
            return stored;
        Set(key, value);
        return value;
    }

    /// <summary>The stored value; when the key is missing, stores what <paramref name="valueFactory"/> makes and gives it.</summary>
    /// <inheritdoc cref="Set{T}(string, T)" path="/exception"/>
    public T SetDefault<T>(SessionKey<T> key, Func<T> valueFactory)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        if (TryGet(key, out var stored))
            return stored;
        var value = valueFactory();
        Set(key, value);
        return value;
    }

    /// <summary>Removes the key, and what is left under the names it had before.</summary>
    /// <returns>False when it was missing.</returns>
    public bool Remove<T>(SessionKey<T> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Remove(key.Name) | RemoveFormer(key);
    }

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey<T>(SessionKey<T> key) => ContainsKey(PresentName(key));

    /// <summary>Changes a value in place and stores the result. A missing key starts from its default.</summary>
    /// <exception cref="KeyNotFoundException">The key is missing and has no default.</exception>
    /// <inheritdoc cref="Set{T}(string, T)" path="/exception"/>
    public void Mutate<T>(SessionKey<T> key, Action<T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        BeforeWrite();   // what cannot be stored is not changed either
        var value = GetRequired(key);
        change(value);
        Set(key, value);
    }

    private bool TryPop<T>(SessionKey<T> key, [MaybeNullWhen(false)] out T value)
    {
        var popped = TryPop(PresentName(key), out value);
        RemoveFormer(key);
        return popped;
    }

    /// <summary>The name under which the key's value is found now: its own, unless only a former one is there.</summary>
    private string PresentName<T>(SessionKey<T> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Former.Length > 0 && !ContainsKey(key.Name))
        {
            foreach (var former in key.Former)
            {
                if (ContainsKey(former))
                    return former;
            }
        }

        return key.Name;
    }

    private bool RemoveFormer<T>(SessionKey<T> key)
    {
        var removed = false;
        foreach (var former in key.Former)
            removed |= former != key.Name && Remove(former);
        return removed;
    }

    /// <summary>
    /// A mutable default is handed out once a request and remembered: the next read gives the same object, and Modified = true saves
    /// what was changed in it. It is not stored by itself.
    /// </summary>
    private bool TryDefault<T>(SessionKey<T> key, [MaybeNullWhen(false)] out T value)
    {
        if (_entries.FindDefault(key.Name) is { } handedOut && handedOut.TryGetDecoded(out value))
            return true;
        if (!key.TryGetDefault(out value))
            return false;
        if (!SessionValue<T>.IsMutableType || value is null)
            return true;

        var bytes = EncodeValue(key.Name, new SessionValue<T>(value));
        if (key.DefaultFactory is null)
        {
            // The key's own object must not travel from session to session.
            value = _services.Serializer.Deserialize<T>(bytes)!;
            bytes = EncodeValue(key.Name, new SessionValue<T>(value));
        }

        _entries.AddDefault(key.Name, bytes, new SessionValue<T>(value));
        return true;
    }

    private static KeyNotFoundException Missing<T>(SessionKey<T> key) => key.Property is null
        ? Missing(key.Name)
        : new($"The session has no key '{key.Name}', and the property {key.Property} has no default for it.");
}
