using System.Net;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Models;

/// <summary>An HTTP server that answers one request after the other as a test says.</summary>
internal sealed class ModelServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<Action<HttpListenerRequest, HttpListenerResponse>> _answers = [];

    public ModelServer()
    {
        Address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What was asked: path and range.</summary>
    public List<string> Asked { get; } = [];

    public ModelServer Answer(Action<HttpListenerRequest, HttpListenerResponse> answer)
    {
        lock (_answers)
        {
            _answers.Enqueue(answer);
        }

        return this;
    }

    public ModelServer Status(int status) => Answer((_, response) => response.StatusCode = status);

    /// <summary>Serves a file from where the request asks; breaks the connection after so many bytes.</summary>
    public ModelServer Serve(byte[] file, string digest, int? breakAfter = null) => Answer((request, response) =>
    {
        int from = 0;
        if (request.Headers["Range"] is { } range && request.Headers["If-Range"] == $"\"{digest}\"")
        {
            from = int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{file.Length - 1}/{file.Length}";
        }

        response.ContentLength64 = file.Length - from;
        response.OutputStream.Write(file, from, Math.Min(breakAfter ?? int.MaxValue, file.Length - from));
        if (breakAfter is not null)
        {
            response.OutputStream.Flush();
            response.Abort();
        }
    });

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                Action<HttpListenerRequest, HttpListenerResponse> answer;
                lock (_answers)
                {
                    Asked.Add($"{context.Request.Url!.AbsolutePath} {context.Request.Headers["Range"]}".Trim());
                    answer = _answers.Count > 0 ? _answers.Dequeue() : (_, response) => response.StatusCode = 404;
                }

                try
                {
                    answer(context.Request, context.Response);
                    context.Response.Close();
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
                {
                    // Broken off, as the test asked.
                }
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
