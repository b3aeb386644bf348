using System.Text;
using System.Text.RegularExpressions;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>What a program writes to its standard error: counted, the first and the last lines kept, without credentials.</summary>
internal sealed partial class ErrorLines
{
    private const int MaxLine = 300;
    private const int MaxKept = 8;

    private readonly Lock _lock = new();
    private readonly Queue<string> _last = new();
    private readonly StringBuilder _line = new();

    /// <summary>Lines so far.</summary>
    public int Count { get; private set; }

    /// <summary>The first line after the <see cref="Forget"/> before; null: none.</summary>
    public string? First { get; private set; }

    /// <summary>The last lines as one; null: none.</summary>
    public string? Last
    {
        get
        {
            lock (_lock)
            {
                return _last.Count == 0 ? null : _last.Last();
            }
        }
    }

    /// <summary>The first line, which names the cause, and the last, which names the input; null: none.</summary>
    public string? Summary
    {
        get
        {
            lock (_lock)
            {
                return _last.Count == 0 ? null : First is { } first && first != _last.Last() ? $"{first}; {_last.Last()}" : _last.Last();
            }
        }
    }

    /// <summary>The last lines, joined.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return string.Join("; ", _last);
            }
        }
    }

    /// <summary>Starts the count anew.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            Count = 0;
            First = null;
        }
    }

    /// <summary>Reads to the end, so that the pipe never fills up.</summary>
    public async Task DrainAsync(TextReader reader)
    {
        char[] buffer = new char[1024];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and int count)
        {
            Take(buffer.AsSpan(0, count));
        }

        Take("\n");
    }

    internal void Take(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is not ('\n' or '\r'))
            {
                if (_line.Length < MaxLine)
                {
                    _line.Append(c);
                }

                continue;
            }

            if (_line.Length > 0)
            {
                Add(WithoutCredentials(Prefix().Replace(_line.ToString(), "")));
                _line.Clear();
            }
        }
    }

    /// <summary>A text without user names and passwords of the addresses in it, and without their queries, which may hold tokens.</summary>
    internal static string WithoutCredentials(string text) => Query().Replace(UserInfo().Replace(text, "$1"), "$1");

    private void Add(string line)
    {
        lock (_lock)
        {
            Count++;
            First ??= line;
            if (_last.Count == MaxKept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(line);
        }
    }

    [GeneratedRegex(@"([a-zA-Z][a-zA-Z0-9+.-]*://)[^/\s]*@")]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"([a-zA-Z][a-zA-Z0-9+.-]*://[^?\s]*)\?[^\s:;,'""]*")]
    private static partial Regex Query();

    // "[h264 @ 0x55e…] " names an address in memory, of use to nobody.
    [GeneratedRegex(@"^(\[[^\]]*\] ?)+")]
    private static partial Regex Prefix();
}
