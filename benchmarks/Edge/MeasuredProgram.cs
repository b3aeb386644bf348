using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sensing.Benchmarks.Edge;

/// <summary>One of the product's programs as a process of its own: its assembly lies beside the benchmarks'.</summary>
internal sealed partial class MeasuredProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<(Regex Pattern, TaskCompletionSource<Match> Found)> _waiting = [];

    private MeasuredProgram(Process process) => _process = process;

    public static MeasuredProgram Start(string assembly, params IEnumerable<string> arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        var program = new MeasuredProgram(process);
        process.OutputDataReceived += (_, line) => program.Take(line.Data);
        process.ErrorDataReceived += (_, line) => program.Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Resident memory, bytes (VmRSS).</summary>
    public long ResidentBytes => 1024 * long.Parse(
        Resident().Match(File.ReadAllText($"/proc/{_process.Id}/status")).Groups[1].Value, CultureInfo.InvariantCulture);

    public bool HasExited => _process.HasExited;

    /// <summary>The first line, printed or still to come, that matches.</summary>
    /// <exception cref="MeasureException">The program ended without it.</exception>
    public async Task<Match> WaitForLineAsync(string pattern, CancellationToken cancellation)
    {
        var regex = new Regex(pattern);
        var found = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
        {
            if (_lines.Select(line => regex.Match(line)).FirstOrDefault(match => match.Success) is { } earlier)
            {
                return earlier;
            }

            _waiting.Add((regex, found));
        }

        await Task.WhenAny(found.Task, _process.WaitForExitAsync(cancellation));
        cancellation.ThrowIfCancellationRequested();
        return found.Task.IsCompleted ? await found.Task : throw new MeasureException($"the program ended: {Output}");
    }

    /// <summary>Waits for the end.</summary>
    /// <exception cref="MeasureException">It exited with another code than 0.</exception>
    public async Task SucceedAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        if (_process.ExitCode != 0)
        {
            throw new MeasureException($"the program exited with {_process.ExitCode}: {Output}");
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines.TakeLast(20));
            }
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
            foreach ((Regex pattern, TaskCompletionSource<Match> found) in _waiting)
            {
                if (pattern.Match(line) is { Success: true } match)
                {
                    found.TrySetResult(match);
                }
            }
        }
    }

    [GeneratedRegex(@"^VmRSS:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex Resident();
}
