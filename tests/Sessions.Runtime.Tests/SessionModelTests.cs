using CsCheck;

namespace Sessions.Tests;

/// <summary>Any sequence of operations leaves a session that agrees with a dictionary, in this request and in the next.</summary>
public sealed class SessionModelTests
{
    private static readonly string[] KeyNames = ["a", "b", "c", "é", "☃☃☃", "a long key that takes more bytes"];
    private static readonly string[] ManyKeyNames = [.. KeyNames, .. Enumerable.Range(0, 60).Select(i => $"key{i}")];
    private static readonly Gen<string> Keys = Gen.OneOf(KeyNames);

    private static readonly Gen<object?> Values = Gen.OneOf(
        Gen.Int.Select(value => (object?)(long)value),
        Gen.Char['a', '\uD7FF'].Array[0, 200].Select(chars => (object?)new string(chars)),
        Gen.Bool.Select(value => (object?)value),
        Gen.Const((object?)null));

    private static readonly Gen<Func<Model, Task>> Operations = Gen.OneOf(
        Gen.Select(Keys, Values).Select((key, value) => Do(model => model.Set(key, value))),
        Gen.Select(Keys, Gen.Int).Select((key, value) => Do(model => model.SetTyped(key, value))),
        Keys.Select(key => Do(model => model.Remove(key))),
        Keys.Select(key => Do(model => model.Pop(key))),
        Gen.Select(Keys, Gen.Int).Select((key, value) => Do(model => model.SetDefault(key, value))),
        Gen.Select(Keys, Values).Array[0, 4].Select(items => Do(model => model.Update(items))),
        Gen.Const(Do(model => model.Clear())),
        Gen.Const(Do(model => model.Flush())),
        Gen.Const(Do(model => model.Session.CycleId())),
        Gen.Const(Do(model => model.Session.Modified = true)),
        Gen.Const<Func<Model, Task>>(model => model.SaveAsync()),
        Gen.Const<Func<Model, Task>>(model => model.ReloadAsync()),
        Gen.Const<Func<Model, Task>>(model => model.ReloadAsync()));

    [Fact]
    public Task Any_sequence_of_operations_agrees_with_a_dictionary() =>
        Operations.Array[1, 40].SampleAsync(operations => RunAsync(operations, KeyNames), iter: 1_000);

    [Fact]
    public Task Any_sequence_of_operations_on_a_session_of_many_keys_agrees_with_a_dictionary() => Operations.Array[1, 10].SampleAsync(
        operations => RunAsync(
            [Do(model => model.Update([.. ManyKeyNames.Select(key => (key, (object?)key))])), model => model.ReloadAsync(), .. operations],
            ManyKeyNames),
        iter: 300);

    private static async Task RunAsync(Func<Model, Task>[] operations, string[] keys)
    {
        var model = new Model();
        foreach (var operation in operations)
        {
            await operation(model);
            model.Check(keys);
        }

        await model.ReloadAsync();
        model.Check(keys);
    }

    private static Func<Model, Task> Do(Action<Model> operation) => model =>
    {
        operation(model);
        return Task.CompletedTask;
    };

    private sealed class Model
    {
        private readonly TestSessions _sessions = new();
        private readonly Dictionary<string, object?> _expected = [];

        public Model() => Session = _sessions.Create();

        public Session Session { get; private set; }

        public void Set(string key, object? value) => _expected[key] = Session[key] = value;

        public void SetTyped(string key, int value)
        {
            Session.Set(key, value);
            _expected[key] = (long)value;
        }

        public void Remove(string key) => Assert.Equal(_expected.Remove(key), Session.Remove(key));

        public void Pop(string key)
        {
            var found = _expected.Remove(key, out var value);
            Assert.Equal(found ? value : "none", Session.Pop<object?>(key, "none"));
        }

        public void SetDefault(string key, long value)
        {
            _expected.TryAdd(key, value);
            Assert.Equal(_expected[key], Session.SetDefault<object?>(key, value));
        }

        public void Update((string Key, object? Value)[] items)
        {
            Session.Update(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));
            foreach (var (key, value) in items)
                _expected[key] = value;
        }

        public void Clear()
        {
            Session.Clear();
            _expected.Clear();
        }

        public void Flush()
        {
            Session.Flush();
            _expected.Clear();
        }

        public Task SaveAsync() => _sessions.SaveAsync(Session);

        public async Task ReloadAsync()
        {
            await SaveAsync();
            Session = Session.Id is { } id ? await _sessions.OpenAsync(id) : _sessions.Create();
        }

        public void Check(string[] keys)
        {
            Assert.Equal(_expected.Keys.Order(), Session.Keys.Order());
            Assert.Equal(_expected.Count, Session.Count);
            foreach (var key in keys)
            {
                var there = _expected.TryGetValue(key, out var expected);
                Assert.Equal(there, Session.ContainsKey(key));
                Assert.Equal(there, Session.TryGet<object?>(key, out var value));
                Assert.Equal(expected, value);
                if (expected is long number)
                    Assert.Equal((int)number, Session.Get<int>(key));
            }

            Assert.True(Session.Items.All(item => Equals(_expected[item.Key], item.Value is int number ? (long)number : item.Value)));
        }
    }
}
