namespace Sessions.Capacity;

/// <summary>Sessions as applications have them.</summary>
internal static class SampleSession
{
    /// <summary>The number that a read asks for.</summary>
    public const string Read = "user";

    /// <summary>The moment that a write changes.</summary>
    public const string Written = "seen";

    /// <summary>A customer with a basket of four lines: five keys, about 500 bytes.</summary>
    public static void FillTypical(Session session, int number)
    {
        FillSmall(session, number);
        session.Set("email", $"customer.{number:d7}@shop.example.com");
        session.Set("basket", Enumerable.Range(1, 4).Select(line => new BasketLine(number + line, "A tin of Darjeeling tea, first flush", line, 12.95m)).ToList());
    }

    /// <summary>Who somebody is, what their forms prove and when they were here: three keys, about 100 bytes.</summary>
    public static void FillSmall(Session session, int number)
    {
        session.Set(Read, 1_000_000 + number);
        session.Set("token", $"{number:x32}");
        Touch(session);
    }

    public static void Touch(Session session) => session.Set(Written, DateTimeOffset.UtcNow);

    private sealed record BasketLine(int Product, string Title, int Count, decimal Price);
}
