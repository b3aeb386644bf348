using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using Sensing.CloudInference;
using Sensing.Drones.Cloud;
using Sensing.Drones.Events;
using Sensing.Drones.Live;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.Drones.Tests.Cloud;

/// <summary>The caller against the endpoint, over HTTP on this machine.</summary>
public sealed class KServeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_brings_the_findings_of_its_picture_and_the_rate_of_the_link()
    {
        await using Served served = await Served.Start();
        await using var caller = new KServeCaller(new DroneCloudOptions { Url = served.Url }, TimeProvider.System);
        SegmentWork segment = Segment(600, 300);

        TaskFindings found = await caller.CallAsync(segment, DroneTaskKind.CrowdDensity, TimeSpan.FromSeconds(30), Stop);

        // The picture is sent 512 wide: the stub answers with what it was given.
        Assert.Equal(512, found.Crowd);
        Assert.Equal("CrowdDensity", found.NearestObject);
        Assert.Equal(90, found.NearestObjectM!.Value, 4.0);
        Assert.Equal(CloudState.Reachable, caller.State);
        Assert.True(caller.LinkMbits > 0);
    }

    [Fact]
    public async Task What_cannot_be_in_time_is_refused_with_the_time_that_it_would_take()
    {
        await using Served served = await Served.Start();
        served.Profile.Add(DroneTaskKind.BodyPose, StubEngine.Only, 80_000);
        await using var caller = new KServeCaller(new DroneCloudOptions { Url = served.Url }, TimeProvider.System);

        CloudCallException refused = await Assert.ThrowsAsync<CloudCallException>(
            () => caller.CallAsync(Segment(64, 64), DroneTaskKind.BodyPose, TimeSpan.FromMilliseconds(79), Stop));
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        Assert.Contains("It would take 80 ms", refused.Message, StringComparison.Ordinal);

        using HttpResponseMessage response = await Post(served, "bp", Body(5), 0);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("\"expected_ms\":80", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xx", 0, HttpStatusCode.NotFound, "known: hv, dev, md, bp, cd, deo")]
    [InlineData("hv", 1, HttpStatusCode.BadRequest, "One input is needed")]
    [InlineData("hv", -1, HttpStatusCode.BadRequest, "Inference-Header-Content-Length")]
    public async Task What_is_not_a_request_is_refused_with_a_reason(string model, int cut, HttpStatusCode status, string reason)
    {
        await using Served served = await Served.Start();
        using HttpResponseMessage response = await Post(served, model, Body(1000), cut);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_none_is_refused()
    {
        await using Served served = await Served.Start();
        using HttpResponseMessage response = await Post(served, "hv", InferBody.Write("a", 1000, Encoding.ASCII.GetBytes("not a picture")), 0);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_endpoint_describes_itself_as_KServe_asks()
    {
        await using Served served = await Served.Start();
        using var client = new HttpClient { BaseAddress = new Uri(served.Url) };
        Assert.Contains("binary_tensor_data", await client.GetStringAsync("/v2", Stop), StringComparison.Ordinal);
        Assert.Contains("\"datatype\":\"BYTES\"", await client.GetStringAsync("/v2/models/hv", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/v2/models/hv/ready", UriKind.Relative), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/v2/models/xx/ready", UriKind.Relative), Stop)).StatusCode);
    }

    [Fact]
    public async Task Calls_are_held_back_while_they_fail_and_tried_again_later()
    {
        var time = new FakeTimeProvider();
        using var network = new FailingNetwork();
        await using var caller = new KServeCaller(new DroneCloudOptions { Url = "http://cloud", HoldBackSeconds = 2 }, time, network);
        for (int call = 0; call < 4; call++)
        {
            await Assert.ThrowsAsync<CloudCallException>(() => Call(caller));
        }

        Assert.Equal(CloudState.HeldBack, caller.State);
        CloudCallException held = await Assert.ThrowsAsync<CloudCallException>(() => Call(caller));
        Assert.Contains("held back", held.Message, StringComparison.Ordinal);
        Assert.Equal(4, network.Calls);

        time.Advance(TimeSpan.FromSeconds(2.1));
        network.Answers = true;
        await Call(caller);
        Assert.Equal((5, CloudState.Reachable), (network.Calls, caller.State));
    }

    private static Task<TaskFindings> Call(KServeCaller caller) =>
        caller.CallAsync(Segment(8, 8), DroneTaskKind.HazardVest, TimeSpan.FromSeconds(1), Stop);

    private static SegmentWork Segment(int width, int height)
    {
        Frame frame = Frame.Rent(width, height, default);
        frame.Luma.Fill(90);
        frame.Cb.Fill(128);
        frame.Cr.Fill(128);
        return new SegmentWork("a", 0, frame, [0]);
    }

    private static (byte[] Body, int JsonLength) Body(double deadlineMs) => InferBody.Write("a", deadlineMs, Segment(64, 64).Jpeg(64));

    private static async Task<HttpResponseMessage> Post(Served served, string model, (byte[] Body, int JsonLength) request, int cut)
    {
        using var client = new HttpClient { BaseAddress = new Uri(served.Url) };
        using var content = new ByteArrayContent(cut > 0 ? request.Body[..^cut] : request.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (cut >= 0)
        {
            client.DefaultRequestHeaders.Add(InferBody.JsonLengthHeader, $"{request.JsonLength}");
        }

        return await client.PostAsync(new Uri($"/v2/models/{model}/infer", UriKind.Relative), content, Stop);
    }

    private sealed class Served(WebApplication app, InferenceService service, EdgeProfile profile) : IAsyncDisposable
    {
        public string Url => app.Urls.First();

        public EdgeProfile Profile { get; } = profile;

        public static async Task<Served> Start()
        {
            var profile = new EdgeProfile();
            var service = new InferenceService([new StubEngine()], profile, TimeProvider.System);
            WebApplication app = InferenceCommand.Build(service, "http://127.0.0.1:0");
            await app.StartAsync(Stop);
            return new Served(app, service, profile);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            service.Dispose();
        }
    }

    /// <summary>Answers with what it was given: the picture's width, its first luma, the task.</summary>
    private sealed class StubEngine : ITaskEngine
    {
        public static TaskVariant Only { get; } = new("stub", "stub", 1);

        public IReadOnlyList<TaskVariant> VariantsOf(DroneTaskKind kind) => [Only];

        public TaskRun Run(SegmentWork segment, DroneTaskKind kind, TaskVariant variant, CancellationToken cancellation) => new(
            new TaskFindings { Crowd = segment.Frame.Width, NearestObject = kind.ToString(), NearestObjectM = segment.Frame.Luma[0] });

        public void Dispose()
        {
            // It holds nothing.
        }
    }

    private sealed class FailingNetwork : HttpMessageHandler
    {
        public int Calls { get; private set; }

        public bool Answers { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            return Answers
                ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent("{\"model_name\":\"hv\",\"outputs\":[{\"name\":\"findings\",\"data\":[\"{\\\"persons\\\":[]}\"]}]}"),
                })
                : throw new HttpRequestException("the network is down");
        }
    }
}
