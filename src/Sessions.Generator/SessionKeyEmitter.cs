using Sessions.Generator.Infrastructure;
using Sessions.Generator.Models;

namespace Sessions.Generator;

/// <summary>Prints what one key brings to its shape.</summary>
internal static class SessionKeyEmitter
{
    private static readonly string GeneratedCode = SessionShapeEmitter.GeneratedCode;

    public static void Write(CodeWriter writer, SessionKeyModel key)
    {
        writer.Write($$"""
            {{key.Modifiers}} {{key.Type}} {{key.Identifier}}
            {
                {{GeneratedCode}}
                {{key.GetterModifier}}get => Session.{{key.Getter}}({{key.Key}});
                {{GeneratedCode}}
                {{key.SetterModifier}}set => Session.Set({{key.Key}}, value);
            }

            """);
        WriteReaders(writer, key);
        WriteWriters(writer, key);
    }

    public static void WriteStandIn(CodeWriter writer, StandInModel property)
    {
        writer.Open($"{property.Modifiers} {property.Type} {property.Identifier}");
        foreach (var accessor in property.Accessors)
            writer.Write($"{GeneratedCode}\n{accessor} => throw new global::System.NotSupportedException();");
        writer.Close();
    }

    public static void WriteField(CodeWriter writer, SessionKeyModel key)
    {
        var initializer = key.Initializers.Count == 0 ? "" : $" {{ {string.Join(", ", key.Initializers)} }}";
        writer.Write($$"""
            /// <summary>The key of the property <c>{{key.Name}}</c>.</summary>
            {{key.KeyAccess ?? "internal"}} static readonly global::Sessions.SessionKey<{{key.Type}}> {{key.Identifier}} = new global::Sessions.SessionKey<{{key.Type}}>({{key.Arguments}}){{initializer}};
            """);
    }

    private static void WriteReaders(CodeWriter writer, SessionKeyModel key)
    {
        if (Has(key, KeyMembers.Has))
            writer.Write($$"""
                /// <summary>Whether the session holds <see cref="{{key.Identifier}}"/>; its default does not count.</summary>
                {{Remarks(key)}}
                {{GeneratedCode}}
                {{key.ReadAccess}} bool Has{{key.Name}} => Session.ContainsKey({{key.Key}});

                """);
        var maybeNull = key.IsNullWhenMissing ? "[global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] " : "";
        if (Has(key, KeyMembers.TryGet))
            writer.Write($$"""
                /// <summary>Reads <see cref="{{key.Identifier}}"/> if the session holds it.</summary>
                {{Remarks(key)}}
                /// <param name="value">The stored value; the default of its type when the session holds none.</param>
                /// <returns>Whether the session holds it.</returns>
                {{GeneratedCode}}
                {{key.ReadAccess}} bool TryGet{{key.Name}}({{maybeNull}}out {{key.Type}} value) => Session.TryGet({{key.Key}}, out value);

                """);
        if (Has(key, KeyMembers.Get))
            writer.Write($$"""
                /// <summary>Reads <see cref="{{key.Identifier}}"/>, or gives <paramref name="defaultValue"/> when the session does not hold it.</summary>
                {{Remarks(key)}}
                /// <param name="defaultValue">What to give when there is no stored value; it is not stored.</param>
                {{GeneratedCode}}
                {{key.ReadAccess}} {{key.Type}} Get{{key.Name}}({{key.Type}} defaultValue) => Session.Get({{key.Key}}, defaultValue);

                """);
    }

    private static void WriteWriters(CodeWriter writer, SessionKeyModel key)
    {
        if (Has(key, KeyMembers.Pop))
            writer.Write($$"""
                /// <summary>Removes <see cref="{{key.Identifier}}"/> from the session, and gives its value.</summary>
                {{Remarks(key)}}
                /// <exception cref="global::System.Collections.Generic.KeyNotFoundException">The session does not hold it.</exception>
                {{GeneratedCode}}
                {{key.UpdateAccess}} {{key.Type}} Pop{{key.Name}}() => Session.Pop({{key.Key}});

                """);
        if (Has(key, KeyMembers.PopOrDefault))
            writer.Write($$"""
                /// <summary>Removes <see cref="{{key.Identifier}}"/> from the session and gives its value, or <paramref name="defaultValue"/> when the session does not hold it.</summary>
                {{Remarks(key)}}
                /// <param name="defaultValue">What to give when there is no stored value.</param>
                {{GeneratedCode}}
                {{key.UpdateAccess}} {{key.Type}} Pop{{key.Name}}({{key.Type}} defaultValue) => Session.Pop({{key.Key}}, defaultValue);

                """);
        if (Has(key, KeyMembers.SetDefault))
            writer.Write($$"""
                /// <summary>Gives the stored <see cref="{{key.Identifier}}"/>, or stores <paramref name="value"/> and gives it back.</summary>
                {{Remarks(key)}}
                /// <param name="value">What to store when there is no stored value.</param>
                {{GeneratedCode}}
                {{key.UpdateAccess}} {{key.Type}} SetDefault{{key.Name}}({{key.Type}} value) => Session.SetDefault({{key.Key}}, value);

                """);
        if (Has(key, KeyMembers.Remove))
            writer.Write($$"""
                /// <summary>Removes <see cref="{{key.Identifier}}"/> from the session.</summary>
                {{Remarks(key)}}
                /// <returns>Whether the session held it.</returns>
                {{GeneratedCode}}
                {{key.WriteAccess}} bool Remove{{key.Name}}() => Session.Remove({{key.Key}});

                """);
        if (Has(key, KeyMembers.Mutate))
            writer.Write($$"""
                /// <summary>Changes <see cref="{{key.Identifier}}"/> in place, and stores the result.</summary>
                {{Remarks(key)}}
                /// <param name="change">Changes the stored value, or the default when there is none.</param>
                {{GeneratedCode}}
                {{key.UpdateAccess}} void Mutate{{key.Name}}(global::System.Action<{{key.Type}}> change) => Session.Mutate({{key.Key}}, change);

                """);
    }

    private static bool Has(SessionKeyModel key, KeyMembers member) => (key.Members & member) != 0;

    // what the property's own documentation says
    private static string Remarks(SessionKeyModel key) =>
        $"/// <remarks><inheritdoc cref=\"{key.Identifier}\" path=\"/summary/node()\"/></remarks>";
}
