using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Schemas;

/// <summary>Reads the schema file. A compiler brings no JSON library, and the file needs objects, arrays and strings only.</summary>
internal sealed class SessionSchemaReader
{
    private readonly string _text;
    private int _position;

    private SessionSchemaReader(string text) => _text = text;

    /// <summary>The keys of the file; none where it is damaged, as by a merge.</summary>
    public static IReadOnlyList<StoredKey> Read(string text)
    {
        try
        {
            return [.. new SessionSchemaReader(text).ReadShapes()];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private List<StoredKey> ReadShapes()
    {
        var keys = new List<StoredKey>();
        ReadObject((shape, _) => ReadObject((key, span) => keys.Add(ReadKey(shape, key, span))));
        return keys;
    }

    private StoredKey ReadKey(string shape, string key, TextSpan span)
    {
        string? type = null, defaultValue = null;
        var former = new List<string>();
        ReadObject((name, _) =>
        {
            if (Peek() == '[')
                ReadList('[', ']', () => former.Add(ReadString()));
            else if (ReadString() is var value)
                (type, defaultValue) = name switch { "type" => (value, defaultValue), "default" => (type, value), _ => (type, defaultValue) };
        });
        return new(new(shape, key, type ?? throw new FormatException(), defaultValue, former.ToEquatableArray()), span);
    }

    private void ReadObject(Action<string, TextSpan> readValue) => ReadList('{', '}', () =>
    {
        Peek();
        var start = _position;
        var name = ReadString();
        var span = TextSpan.FromBounds(start, _position);
        Expect(':');
        readValue(name, span);
    });

    private void ReadList(char open, char close, Action readItem)
    {
        Expect(open);
        while (Peek() != close)
        {
            readItem();
            if (Peek() == ',')
                _position++;
        }

        Expect(close);
    }

    private string ReadString()
    {
        Expect('"');
        var text = new StringBuilder();
        while (Next() is var character && character != '"')
            text.Append(character == '\\' ? ReadEscape() : character);
        return text.ToString();
    }

    private char ReadEscape() => Next() switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        'u' when _position + 4 <= _text.Length
            && ushort.TryParse(_text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => Skip((char)code, 4),
        'u' => throw new FormatException(),
        var character => character,
    };

    private char Skip(char character, int length)
    {
        _position += length;
        return character;
    }

    private void Expect(char character)
    {
        if (Peek() != character)
            throw new FormatException();
        _position++;
    }

    private char Peek()
    {
        while (_position < _text.Length && (char.IsWhiteSpace(_text[_position]) || _text[_position] == '\uFEFF'))
            _position++;
        return _position < _text.Length ? _text[_position] : throw new FormatException();
    }

    private char Next() => _position < _text.Length ? _text[_position++] : throw new FormatException();
}
