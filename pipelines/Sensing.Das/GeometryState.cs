namespace Sensing.Das;

/// <summary>A fibre's geometry in a saved state.</summary>
internal static class GeometryState
{
    public static void WriteGeometry(this BinaryWriter state, DasGeometry? geometry)
    {
        state.Write(geometry is not null);
        if (geometry is not null)
        {
            state.Write(geometry.Channels);
            state.Write(geometry.TimeStepSeconds);
            state.Write(geometry.ChannelStepM);
            state.Write(geometry.FirstChannelM);
            state.Write(geometry.GaugeLengthM);
        }
    }

    public static DasGeometry? ReadGeometry(this BinaryReader state) => state.ReadBoolean()
        ? new DasGeometry(state.ReadInt32(), state.ReadDouble(), state.ReadDouble(), state.ReadDouble(), state.ReadDouble())
        : null;
}
