using System.Text;

namespace Sessions.Generator.Infrastructure;

/// <summary>Writes blocks of lines at the current indentation; every line ends in <c>\n</c>.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Write(string block)
    {
        foreach (var line in block.Replace("\r", "").Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', _depth * 4).Append(line);
            _text.Append('\n');
        }
    }

    public void WriteLine() => _text.Append('\n');

    public void Open(string header)
    {
        Write(header);
        Write("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Write("}");
    }

    public override string ToString() => _text.ToString();
}
