using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Sensing.Testing;

/// <summary>One of the product's programs as a process of its own, so that it can be killed, watched and measured.</summary>
/// <remarks>The program's assembly lies beside the test's own: the test project references the program's project.</remarks>
public sealed partial class ProgramProcess : IAsyncDisposable
{
    /// <summary>A shell makes what it starts in the background ignore SIGINT, and the programs of a program inherit that: <c>env</c> (coreutils
    /// 8.31 or newer) restores the default, so that tests which send SIGINT pass in the foreground and in the background alike.</summary>
    private static readonly string[] Interruptible = ["env", "--default-signal=INT"];

    private readonly Process _process;
    private readonly bool _isGroup;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _output = [];
    private readonly Lock _lock = new();
    private int _openStreams = 2;

    private ProgramProcess(Process process, bool isGroup)
    {
        _process = process;
        _isGroup = isGroup;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything printed so far, both streams, in the order of arrival.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts <c>dotnet {assembly}.dll {arguments}</c>.</summary>
    /// <param name="assembly">Name of the program's assembly, e.g. <c>edge-node</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables to set besides.</param>
    /// <param name="through">A command that becomes the program it is given, as <c>env</c> does: the process stays the same one.</param>
    public static ProgramProcess Start(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? through = null)
    {
        string[] command = [.. through ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments];
        return Start(command, environment, input: null, isGroup: false);
    }

    /// <summary>Starts any command, in a process group of its own: <see cref="Interrupt"/> and the like reach all of its processes, as those
    /// of a terminal do.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Variables to set besides.</param>
    /// <param name="input">What it reads from standard input.</param>
    public static ProgramProcess StartGroup(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, string? input = null) =>
        Start(["setsid", .. command], environment, input, isGroup: true);

    private static ProgramProcess Start(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment, string? input, bool isGroup)
    {
        var start = new ProcessStartInfo(Interruptible[0], [.. Interruptible[1..], .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var program = new ProgramProcess(new Process { StartInfo = start }, isGroup);
        program._process.Start();
        program._process.StandardInput.Write(input);
        program._process.StandardInput.Close();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>The next line, printed or still to come, that matches.</summary>
    /// <exception cref="ProgramException">The program ended without printing it.</exception>
    public async Task<Match> WaitForLineAsync(string pattern, CancellationToken cancellation)
    {
        await foreach (string line in _lines.Reader.ReadAllAsync(cancellation))
        {
            Match match = Regex.Match(line, pattern);
            if (match.Success)
            {
                return match;
            }
        }

        throw new ProgramException($"The program ended without printing '{pattern}'. It printed:\n{LastLines}");
    }

    /// <summary>Passes over what has been printed: only what comes from now on is waited for.</summary>
    public void PassLines()
    {
        while (_lines.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>SIGKILL: the process gets no chance to do anything more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>SIGSTOP: it does nothing until <see cref="Resume"/>; its connections stay.</summary>
    public void Suspend() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Resume() => Signal("CONT");

    public async Task<int> ExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>Waits for the end.</summary>
    /// <exception cref="ProgramException">It exited with another code than 0.</exception>
    public async Task SucceedAsync(CancellationToken cancellation)
    {
        if (await ExitAsync(cancellation) is not 0 and var code)
        {
            throw new ProgramException($"The program exited with {code}. It printed:\n{LastLines}");
        }
    }

    /// <summary>Largest resident memory so far, bytes, as Linux accounts it (VmHWM); the process must still run.</summary>
    public long PeakResidentBytes() => Kilobytes("VmHWM") * 1024;

    /// <summary>Resident memory now, bytes (VmRSS); the process must still run.</summary>
    public long ResidentBytes() => Kilobytes("VmRSS") * 1024;

    /// <summary>Processor time so far, user and system, of all its threads; the process must still run.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        if (_isGroup)
        {
            // What it has left behind in its group.
            Signal("KILL");
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string LastLines
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _output.TakeLast(40));
            }
        }
    }

    private long Kilobytes(string name)
    {
        Match match = Memory().Matches(File.ReadAllText($"/proc/{_process.Id}/status")).First(m => m.Groups[1].Value == name);
        return long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
    }

    private void Signal(string name)
    {
        string target = (_isGroup ? "-" : "") + _process.Id.ToString(CultureInfo.InvariantCulture);
        using Process kill = Process.Start("kill", ["-s", name, "--", target]);
        kill.WaitForExit();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openStreams) == 0)
            {
                _lines.Writer.Complete();
            }

            return;
        }

        lock (_lock)
        {
            _output.Add(line);
        }

        _lines.Writer.TryWrite(line);
    }

    [GeneratedRegex(@"^(Vm\w+):\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex Memory();
}
