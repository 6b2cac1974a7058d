using System.Runtime.CompilerServices;

namespace Sessions;

/// <summary>A decoded value of an entry, kept so that it is decoded once and a mutable object stays the same instance.</summary>
internal abstract class SessionValue
{
    /// <summary>The same entry decoded as another type; null for the last.</summary>
    public SessionValue? Next { get; set; }

    /// <summary>It was decoded from what is stored; false for what this request set or handed out.</summary>
    public bool IsDecoded { get; init; }

    /// <summary>The log has been told that it was changed in place.</summary>
    public bool IsReported { get; set; }

    /// <summary>Whether the object behind the value can change without a write to the session.</summary>
    public abstract bool IsMutable { get; }

    public abstract object? Boxed { get; }

    public abstract byte[] Encode(SessionSerializers serializer);

    /// <summary>The bytes that decoding and encoding again gives: what an unchanged value would encode to.</summary>
    public abstract byte[] Reencode(SessionSerializers serializer, ReadOnlySpan<byte> stored);
}

/// <inheritdoc/>
internal sealed class SessionValue<T>(T value) : SessionValue
{
    /// <summary>Whether a value of type T can change in place.</summary>
    public static readonly bool IsMutableType = RuntimeHelpers.IsReferenceOrContainsReferences<T>() && typeof(T) != typeof(string);

    /// <summary>Whether a value of type T is, after encoding and decoding, the value that it was.</summary>
    public static readonly bool RoundTrips = IsSimple(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));

    public T Value { get; } = value;

    /// <summary>The value if it is one of type T; else null. Its type is compared, which costs less than a cast where code is shared by types.</summary>
    public static SessionValue<T>? Of(SessionValue value) => value.GetType() == typeof(SessionValue<T>) ? Unsafe.As<SessionValue<T>>(value) : null;

    public override bool IsMutable => IsMutableType && Value is not (null or string) && !IsSimple(Value.GetType());

    public override object? Boxed => Value;

    public override byte[] Encode(SessionSerializers serializer) => serializer.Serialize(Value);

    public override byte[] Reencode(SessionSerializers serializer, ReadOnlySpan<byte> stored) =>
        serializer.Serialize(serializer.Deserialize<T>(stored));

    private static bool IsSimple(Type type) => (type.IsPrimitive && type != typeof(char)) || type.IsEnum
        || type == typeof(decimal) || type == typeof(Guid) || type == typeof(DateTime) || type == typeof(DateTimeOffset)
        || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan);
}
