using System.Runtime.CompilerServices;
using Sensing.Events.Node;
using Sensing.Modules;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.Vision.Sources;

/// <summary>Pictures in a folder, as fast as frames are taken.</summary>
public sealed class ImagesSource(ImagesSourceOptions options, StreamContext context) : ISource<Frame>
{
    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<Frame>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Pictures are read on the caller's own thread; this lets the enumeration begin before the first is opened.
        await Task.CompletedTask.ConfigureAwait(false);
        ImagePosition? position = after is { } saved ? ImagePosition.Parse(saved) : null;
        IReadOnlyList<(string Name, string Path)> files = RecordingFiles.Find(options.Files, context.BaseDirectory, NumericOrder.Instance);
        DateTimeOffset start = position?.Start ?? RecordingStart.Parse(options.StartTime)
            ?? new DateTimeOffset(File.Exists(files[0].Path) ? File.GetLastWriteTimeUtc(files[0].Path) : DateTime.UnixEpoch, TimeSpan.Zero);
        using var decoder = new ImageDecoder(options.WorkWidth);
        SourceException? mistake = null;
        bool anythingGood = after is not null;
        long number = position?.Number ?? 0;
        for (int i = position is null ? 0 : Index(files, position.Name) + 1; i < files.Count; i++, number++)
        {
            cancellation.ThrowIfCancellationRequested();
            (string name, string path) = files[i];
            DateTimeOffset time = start + TimeSpan.FromTicks((long)Math.Round(number * (TimeSpan.TicksPerSecond / options.FramesPerSecond)));
            SourcePosition next = new ImagePosition(name, number + 1, start).ToSourcePosition();
            if (decoder.Read(path, time, out string? problem) is { } frame)
            {
                anythingGood = true;
                yield return SourceItem<Frame>.Of(frame, next);
                continue;
            }

            const string remedy = "Check the picture, or remove it from the folder.";
            mistake ??= new SourceException(path, null, problem!, remedy);
            if (files.Count > 1)
            {
                yield return SourceItem<Frame>.Of(Skipped(path, problem!, remedy), time, next);
            }
        }

        if (!anythingGood && mistake is not null)
        {
            throw mistake;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StreamNotice Skipped(string path, string problem, string remedy) =>
        CameraNotices.Warning("damaged", path, null, $"{problem} It is skipped.", remedy);

    private static int Index(IReadOnlyList<(string Name, string Path)> files, string name)
    {
        for (int i = 0; i < files.Count; i++)
        {
            if (files[i].Name == name)
            {
                return i;
            }
        }

        throw new SourceException(
            name, null, "The picture at which the stream stopped is missing from the configuration.",
            "Add it again, or delete the stream's checkpoint to start from the beginning.");
    }
}
