using Sensing.Testing;

namespace Sensing.Vision.Tests.Sources;

/// <summary>A real RTSP camera on loopback: GStreamer's server, which a test may kill and start again.</summary>
internal sealed class RtspServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string Pictures =
        "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1 ! x264enc tune=zerolatency key-int-max=5 ! rtph264pay name=pay0 pt=96 config-interval=1";

    private const string Tone = " audiotestsrc is-live=true freq=440 ! audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay name=pay1 pt=0";

    private readonly string _pipeline;
    private ProgramProcess? _process;

    public RtspServer(bool sound = false, string pictures = Pictures) => _pipeline = "( " + pictures + (sound ? Tone : "") + " )";

    public int Port { get; } = LoopbackPort.Free();

    public string Url => $"rtsp://127.0.0.1:{Port}/cam";

    /// <summary>Skips the test where the server's packages are missing.</summary>
    public static async Task RequireAsync()
    {
        Assert.SkipUnless(File.Exists(Python), "Needs Debian's python3.");
        await using ProgramProcess probe = ProgramProcess.StartCommand(
        [
            Python, "-c",
            "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gst; Gst.init(None);"
            + " import sys; sys.exit(0 if all(Gst.ElementFactory.find(n) for n in ('videotestsrc', 'x264enc', 'rtph264pay', 'mulawenc')) else 1)",
        ]);
        Assert.SkipWhen(
            await probe.ExitAsync(TestContext.Current.CancellationToken) != 0,
            "Needs gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-base, -good and -ugly.");
    }

    public async Task StartAsync()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Sources", "rtsp_server.py");
        _process = ProgramProcess.StartCommand([Python, script, _pipeline, $"{Port}"]);
        await _process.WaitForLineAsync("ready", TestContext.Current.CancellationToken);
    }

    /// <summary>SIGKILL, as a camera that loses its power.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.ExitAsync(TestContext.Current.CancellationToken);
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>The camera hangs: its connections stay.</summary>
    public void Suspend() => _process!.Suspend();

    public void Resume() => _process!.Resume();

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }
    }
}
