using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Report;

public sealed class LevelOfServiceTests
{
    /// <summary>Highway Capacity Manual, 6th edition, Exhibit 12-15, passenger cars per mile and lane.</summary>
    [Theory]
    [InlineData(0, ServiceLevel.A)]
    [InlineData(11, ServiceLevel.A)]
    [InlineData(11.1, ServiceLevel.B)]
    [InlineData(18, ServiceLevel.B)]
    [InlineData(18.1, ServiceLevel.C)]
    [InlineData(26, ServiceLevel.C)]
    [InlineData(26.1, ServiceLevel.D)]
    [InlineData(35, ServiceLevel.D)]
    [InlineData(35.1, ServiceLevel.E)]
    [InlineData(45, ServiceLevel.E)]
    [InlineData(45.1, ServiceLevel.F)]
    public void Follows_the_manuals_table(double perMile, ServiceLevel level) =>
        Assert.Equal(level, LevelOfService.Of((perMile - 1e-9) / 1.609344));

    [Theory]
    [InlineData(0.0, null, CongestionLevel.Free)]
    [InlineData(0.05, 1.1, CongestionLevel.Free)]
    [InlineData(0.02, 0.2, CongestionLevel.Free)]
    [InlineData(0.1, 0.55, CongestionLevel.Slow)]
    [InlineData(0.2, 0.2, CongestionLevel.Congested)]
    [InlineData(0.3, 0.02, CongestionLevel.Jammed)]
    [InlineData(0.1, null, CongestionLevel.Free)]
    [InlineData(0.15, null, CongestionLevel.Slow)]
    [InlineData(0.22, null, CongestionLevel.Congested)]
    [InlineData(0.3, null, CongestionLevel.Jammed)]
    public void Congestion_needs_occupied_area_and_low_speed_where_it_is_known(double index, double? share, CongestionLevel level) =>
        Assert.Equal(level, LevelOfService.Congestion(index, share));
}
