using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <content>The verbs that take a key by name.</content>
public sealed partial class Session
{
    /// <summary>The number of entries.</summary>
    public int Count => Keys.Count;

    /// <summary>The keys, in the order in which they were first written. A snapshot.</summary>
    public IReadOnlyCollection<string> Keys
    {
        get
        {
            AccessAll();
            return _entries.Names();
        }
    }

    /// <summary>The values, as <see cref="this[string]"/> gives them, in the order of <see cref="Keys"/>. A snapshot.</summary>
    public IReadOnlyCollection<object?> Values => [.. Keys.Select(key => this[key])];

    /// <summary>The entries, as <see cref="this[string]"/> gives them, in the order of <see cref="Keys"/>. A snapshot.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object?>> Items => [.. Keys.Select(key => KeyValuePair.Create(key, this[key]))];

    /// <summary>
    /// The value without a type: what this request set, or null, bool, string, long, double, <c>List&lt;object?&gt;</c> or
    /// <c>Dictionary&lt;string, object?&gt;</c>.
    /// </summary>
    /// <exception cref="KeyNotFoundException">Getting a missing key.</exception>
    /// <exception cref="ArgumentException">Setting a key that is null, empty, too long or begins with an underscore.</exception>
    /// <exception cref="SessionValueException">Setting a value that cannot be stored.</exception>
    public object? this[string key]
    {
        get => TryReadUntyped(key, out var value) ? value : throw Missing(key);
        set => Set(key, value);
    }

    /// <summary>The value, or <c>default</c> when the key is missing.</summary>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>.</exception>
    public T? Get<T>(string key) => TryRead<T>(key, out var value) ? value : default;

    /// <summary>The value, or <paramref name="defaultValue"/> when the key is missing.</summary>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>.</exception>
    public T Get<T>(string key, T defaultValue) => TryRead<T>(key, out var value) ? value : defaultValue;

    /// <summary>Gets the value if the key is there.</summary>
    /// <returns>False only when the key is missing.</returns>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>.</exception>
    public bool TryGet<T>(string key, [MaybeNullWhen(false)] out T value) => TryRead(key, out value);

    /// <summary>Stores a value, as it is at this moment.</summary>
    /// <exception cref="ArgumentException">The key is null, empty, too long or begins with an underscore.</exception>
    /// <exception cref="SessionValueException">The value cannot be stored.</exception>
    /// <exception cref="SessionTooLargeException">The session would become too large.</exception>
    public void Set<T>(string key, T value)
    {
        SessionKeyName.Validate(key);
        Write(key, value);
    }

    /// <summary>Removes the key and gives the value it had.</summary>
    /// <exception cref="KeyNotFoundException">The key is missing.</exception>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>; it stays.</exception>
    public T Pop<T>(string key) => TryPop<T>(key, out var value) ? value : throw Missing(key);

    /// <summary>Removes the key and gives the value it had, or <paramref name="defaultValue"/> when it is missing.</summary>
    /// <exception cref="SessionValueException">The value cannot be read as <typeparamref name="T"/>; it stays.</exception>
    public T Pop<T>(string key, T defaultValue) => TryPop<T>(key, out var value) ? value : defaultValue;

    /// <summary>The stored value; when the key is missing, stores <paramref name="value"/> and gives it.</summary>
    /// <inheritdoc cref="Set{T}(string, T)" path="/exception"/>
    public T SetDefault<T>(string key, T value)
    {
        SessionKeyName.Validate(key);
        if (TryRead<T>(key, out var stored))
            return stored;
        Write(key, value);
        return value;
    }

    /// <summary>The stored value; when the key is missing, stores what <paramref name="valueFactory"/> makes and gives it.</summary>
    /// <inheritdoc cref="Set{T}(string, T)" path="/exception"/>
    public T SetDefault<T>(string key, Func<T> valueFactory)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        SessionKeyName.Validate(key);
        if (TryRead<T>(key, out var stored))
            return stored;
        var value = valueFactory();
        Write(key, value);
        return value;
    }

    /// <summary>Removes the key.</summary>
    /// <returns>False when it was missing.</returns>
    public bool Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!SessionKeyName.IsReserved(key))
            return RemoveAny(key);
        AccessToChange();
        return false;
    }

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(string key) => Present(key) is not null;

    /// <summary>Sets every item, or none of them if one has a key or value that cannot be stored.</summary>
    /// <inheritdoc cref="Set{T}(string, T)" path="/exception"/>
    public void Update(IEnumerable<KeyValuePair<string, object?>> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        BeforeWrite();
        var size = 0;
        var encoded = new Dictionary<string, (byte[] Bytes, SessionValue? Kept)>(StringComparer.Ordinal);
        foreach (var (key, value) in items)
        {
            SessionKeyName.Validate(key);
            Access(key);
            var item = Encode(key, value);
            var present = _entries.Find(key);
            size += SessionEntries.Growth(key, present, item.Bytes.Length);
            if (encoded.Remove(key, out var earlier))
                size -= SessionEntries.Growth(key, present, earlier.Bytes.Length);
            encoded[key] = item;
        }

        CheckLimits(size, encoded.Keys.Count(key => _entries.Find(key) is null));
        foreach (var (key, (bytes, kept)) in encoded)
            _entries.Set(key, _entries.Find(key), bytes, kept);
        _isModified = true;
    }
}
