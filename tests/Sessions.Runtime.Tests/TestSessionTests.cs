using Sessions.Tests.Http;

namespace Sessions.Tests;

/// <summary>What the testing package gives to those who test their pages.</summary>
public sealed class TestSessionTests
{
    [Fact]
    public async Task A_shape_over_it_keeps_its_values_from_request_to_request()
    {
        var test = TestSession.Create();

        test.As<VisitSession>().Count++;
        var first = test.Session.Id;
        await test.NextRequestAsync();
        test.As<VisitSession>().Count++;
        await test.NextRequestAsync();

        Assert.Equal(2, test.As<VisitSession>().Count);
        Assert.Equal(first, test.Session.Id);
        Assert.True(test.Session.IsLoaded);
    }

    [Fact]
    public async Task It_expires_by_the_clock_that_the_test_sets()
    {
        var test = TestSession.Create(options => options.CookieAge = TimeSpan.FromMinutes(20));
        new VisitSession(test).Count = 1;
        await test.NextRequestAsync();

        test.Time.Advance(TimeSpan.FromMinutes(19));
        await test.NextRequestAsync();
        Assert.Equal(1, test.Session.Get<int>("Count"));

        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.NextRequestAsync();
        Assert.Equal(0, test.Session.Get<int>("Count"));
        Assert.True(test.Session.IsNew);
    }

    [Fact]
    public async Task Flushing_rotating_and_changes_in_place_behave_as_in_an_application()
    {
        var test = TestSession.Create();
        test.Session.Set("xs", new List<int> { 1 });
        await test.NextRequestAsync();
        var id = test.Session.Id;

        test.Session.CycleId();
        await test.NextRequestAsync();
        Assert.NotEqual(id, test.Session.Id);

        test.Session.Get<List<int>>("xs")!.Add(2);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(test.NextRequestAsync);
        Assert.Contains("'xs'", error.Message, StringComparison.Ordinal);

        test.Session.Flush();
        await test.NextRequestAsync();
        Assert.True(test.Session.IsEmpty);
    }
}
