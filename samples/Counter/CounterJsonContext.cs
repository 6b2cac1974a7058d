using System.Text.Json.Serialization;

namespace Counter;

/// <summary>The JSON of what is answered and of what the session keeps, without reflection.</summary>
[JsonSerializable(typeof(Visit))]
[JsonSerializable(typeof(Notebook))]
internal sealed partial class CounterJsonContext : JsonSerializerContext;
