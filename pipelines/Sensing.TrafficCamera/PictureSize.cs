using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera;

/// <summary>Sizes of a camera's picture and of the frames that are worked on, pixels.</summary>
internal readonly record struct PictureSize(int CameraWidth, int CameraHeight, int Width, int Height)
{
    public static PictureSize Of(Frame frame) => new(frame.CameraWidth, frame.CameraHeight, frame.Width, frame.Height);

    /// <exception cref="InvalidDataException">No picture has such a size.</exception>
    public static PictureSize Load(BinaryReader state)
    {
        var size = new PictureSize(state.ReadInt32(), state.ReadInt32(), state.ReadInt32(), state.ReadInt32());
        return size is { CameraWidth: >= 0 and <= 65_536, CameraHeight: >= 0 and <= 65_536, Width: >= 0 and <= 16_384, Height: >= 0 and <= 16_384 }
            ? size
            : throw new InvalidDataException("The saved state claims pictures of an impossible size.");
    }

    public void Save(BinaryWriter state)
    {
        state.Write(CameraWidth);
        state.Write(CameraHeight);
        state.Write(Width);
        state.Write(Height);
    }
}
