using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Sensing.Streams;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>A program of FFmpeg as a child process.</summary>
/// <remarks>
/// Killed when it is disposed and, on Linux, when this process dies: its parent-death signal is sent when the thread that started
/// it ends, so each process has a thread of its own that waits for its end. Its standard error is always read.
/// </remarks>
internal sealed partial class FfmpegProcess : IAsyncDisposable
{
    // The largest pipe of an unprivileged process by default (/proc/sys/fs/pipe-max-size): fewer switches between the processes.
    private const int PipeBytes = 1 << 20;
    private const int SetPipeSize = 1031;
    private const int StackBytes = 256 * 1024;

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _errors;

    private FfmpegProcess(Process process)
    {
        _process = process;
        _errors = Errors.DrainAsync(process.StandardError);
    }

    public int Id { get; private init; }

    /// <summary>Its standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Its standard input, if it was started with one.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    public ErrorLines Errors { get; } = new();

    /// <summary>Starts a program.</summary>
    /// <param name="programs">Where programs are.</param>
    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="hasInput">It reads its standard input.</param>
    /// <exception cref="SourceException">It cannot be started.</exception>
    public static async Task<FfmpegProcess> StartAsync(
        FfmpegPrograms programs, string program, IReadOnlyList<string> arguments, bool hasInput = false)
    {
        string? setpriv = programs.Setpriv;
        var start = new ProcessStartInfo(setpriv ?? program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = hasInput,
            UseShellExecute = false,
        };
        foreach (string argument in (IEnumerable<string>)(setpriv is null ? arguments : ["--pdeathsig", "KILL", "--", program, .. arguments]))
        {
            start.ArgumentList.Add(argument);
        }

        var started = new TaskCompletionSource<FfmpegProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Run(start, started), StackBytes) { IsBackground = true, Name = Path.GetFileName(program) }.Start();
        return await started.Task.ConfigureAwait(false);
    }

    /// <summary>Its exit code, once it has ended and its standard error is read; 128 + signal where it was killed.</summary>
    public async Task<int> ExitAsync()
    {
        await _errors.ConfigureAwait(false);
        return await _exit.Task.ConfigureAwait(false);
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await ExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private static void Run(ProcessStartInfo start, TaskCompletionSource<FfmpegProcess> started)
    {
        var process = new Process { StartInfo = start };
        FfmpegProcess running;
        try
        {
            process.Start();
            running = new FfmpegProcess(process) { Id = process.Id };
            Widen(process.StandardOutput.BaseStream);
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            started.SetException(new SourceException(
                start.FileName, null, $"This program cannot be started ({error.Message}).", "Check that it is installed and may be executed.", error));
            return;
        }

        started.SetResult(running);
        process.WaitForExit();
        running._exit.SetResult(process.ExitCode);
    }

    /// <summary>A wider pipe, where the system allows it.</summary>
    private static void Widen(Stream output)
    {
        if (OperatingSystem.IsLinux() && output is PipeStream pipe)
        {
            _ = Fcntl(pipe.SafePipeHandle, SetPipeSize, PipeBytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Fcntl(SafeHandle file, int command, int argument);
}
