using Sensing.Configuration;
using Sensing.Streams;
using Sensing.Vision.Sources;

namespace Sensing.Vision.Tests.Sources;

public sealed class V4l2SourceTests
{
    [Fact]
    public async Task A_device_that_does_not_exist_is_named_with_a_remedy()
    {
        await using var reading = new CameraReading(
            context => new V4l2Source(new V4l2SourceOptions { Device = "/dev/video-absent" }, context));
        SourceException error = await Assert.ThrowsAsync<SourceException>(reading.NoticeAsync);
        Assert.Equal(("/dev/video-absent", "There is no such device."), (error.Input, error.Problem));
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public async Task A_device_that_is_not_a_camera_is_reported_with_FFmpegs_reason()
    {
        await using var reading = new CameraReading(context => new V4l2Source(new V4l2SourceOptions { Device = "/dev/null" }, context));
        Assert.Matches("^The camera cannot be opened: .*(VIDIOC_QUERYCAP|/dev/null)", (await reading.NoticeAsync()).Message);
    }

    [Fact]
    public void Width_and_height_go_together()
    {
        ConfigurationProblem problem = Assert.Single(new V4l2SourceOptions { Width = 640 }.Check());
        Assert.Equal("height", problem.Path);
    }
}
