using System.Text.Json.Serialization;

namespace Sessions.Tests;

/// <summary>What a source generator knows of a basket, and of nothing else.</summary>
[JsonSerializable(typeof(Basket))]
internal sealed partial class BasketJson : JsonSerializerContext;
