using System.Buffers;
using Sensing.Streams;

namespace Sensing.Vision.Frames;

/// <summary>One picture of a camera, with the sound since the picture before it where the camera has a microphone.</summary>
/// <remarks>Planar Y′CbCr 4:2:0, 8 bits, full range (0…255), ITU-R BT.601: what video decoders yield, so that no conversion is needed.
/// The planes come from a pool; <see cref="Dispose"/> returns them. Not thread-safe.</remarks>
public sealed class Frame : ITimed, IDisposable
{
    private byte[]? _planes;

    private Frame(int width, int height, DateTimeOffset time, byte[] planes)
    {
        Width = width;
        Height = height;
        Time = time;
        _planes = planes;
        CameraWidth = width;
        CameraHeight = height;
    }

    /// <summary>Width of the luma plane, pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the luma plane, pixels.</summary>
    public int Height { get; }

    /// <summary>Width of the camera's own picture, in whose pixels set-ups are given; the frame may be scaled down from it.</summary>
    public int CameraWidth { get; init; }

    /// <summary>Height of the camera's own picture.</summary>
    public int CameraHeight { get; init; }

    /// <summary>When the picture was taken, UTC.</summary>
    public DateTimeOffset Time { get; }

    public TimeSpan Duration => TimeSpan.Zero;

    /// <summary>Sound between the picture before this one and this one; null: none.</summary>
    public Sound? Sound { get; init; }

    /// <summary>Width of a chroma plane.</summary>
    public int ChromaWidth => (Width + 1) / 2;

    /// <summary>Height of a chroma plane.</summary>
    public int ChromaHeight => (Height + 1) / 2;

    /// <summary>Bytes of the three planes.</summary>
    public int Size => SizeOf(Width, Height);

    /// <summary>Luma Y′, row by row.</summary>
    public Span<byte> Luma => Planes.AsSpan(0, Width * Height);

    /// <summary>Blue difference Cb, 128 where there is no colour.</summary>
    public Span<byte> Cb => Planes.AsSpan(Width * Height, ChromaWidth * ChromaHeight);

    /// <summary>Red difference Cr, 128 where there is no colour.</summary>
    public Span<byte> Cr => Planes.AsSpan((Width * Height) + (ChromaWidth * ChromaHeight), ChromaWidth * ChromaHeight);

    /// <summary>The three planes, one after the other: the layout of a raw <c>yuv420p</c> picture.</summary>
    public Memory<byte> Raw => Planes.AsMemory(0, Size);

    private byte[] Planes => _planes ?? throw new ObjectDisposedException(nameof(Frame));

    /// <summary>A frame from the pool, its content undefined.</summary>
    /// <param name="width">1…16384 pixels.</param>
    /// <param name="height">1…16384 pixels.</param>
    /// <param name="time">When the picture was taken.</param>
    /// <param name="sound">Sound since the picture before.</param>
    /// <param name="cameraWidth">Width of the camera's own picture; 0: the frame's.</param>
    /// <param name="cameraHeight">Height of the camera's own picture; 0: the frame's.</param>
    public static Frame Rent(
        int width, int height, DateTimeOffset time, Sound? sound = null, int cameraWidth = 0, int cameraHeight = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16384);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 16384);
        return new Frame(width, height, time, ArrayPool<byte>.Shared.Rent(SizeOf(width, height)))
        {
            Sound = sound,
            CameraWidth = cameraWidth > 0 ? cameraWidth : width,
            CameraHeight = cameraHeight > 0 ? cameraHeight : height,
        };
    }

    /// <summary>Bytes of a frame of this size.</summary>
    public static int SizeOf(int width, int height) => (width * height) + (2 * ((width + 1) / 2) * ((height + 1) / 2));

    /// <summary>A copy of its own, from the pool.</summary>
    public Frame Copy()
    {
        Frame copy = new(Width, Height, Time, ArrayPool<byte>.Shared.Rent(Size))
        {
            CameraWidth = CameraWidth,
            CameraHeight = CameraHeight,
            Sound = Sound,
        };
        Planes.AsSpan(0, Size).CopyTo(copy._planes);
        return copy;
    }

    public void Dispose()
    {
        if (_planes is { } planes)
        {
            _planes = null;
            ArrayPool<byte>.Shared.Return(planes);
        }
    }
}
