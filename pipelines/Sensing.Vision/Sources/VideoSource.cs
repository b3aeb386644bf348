using System.Runtime.CompilerServices;
using Sensing.Modules;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;

namespace Sensing.Vision.Sources;

/// <summary>Recorded videos, one after the other, as fast as frames are taken.</summary>
public sealed class VideoSource : ISource<Frame>
{
    private readonly VideoSourceOptions _options;
    private readonly StreamContext _context;
    private readonly FfmpegPrograms _programs;

    public VideoSource(VideoSourceOptions options, StreamContext context)
        : this(options, context, FfmpegPrograms.System)
    {
    }

    internal VideoSource(VideoSourceOptions options, StreamContext context, FfmpegPrograms programs)
    {
        _options = options;
        _context = context;
        _programs = programs;
    }

    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<Frame>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        VideoPosition position = after is { } saved ? VideoPosition.Parse(saved) : VideoPosition.Beginning;
        IReadOnlyList<(string Name, string Path)> files = RecordingFiles.Find(_options.Files, _context.BaseDirectory);
        SourceException? mistake = null;
        bool anythingGood = after is not null;
        for (int i = First(files, position); i < files.Count; i++)
        {
            var file = new VideoFile(_options, _programs, files[i].Name, files[i].Path, position, cancellation);
            await using (file.ConfigureAwait(false))
            {
                while (await file.NextAsync().ConfigureAwait(false) is { } item)
                {
                    anythingGood |= item.Sample is not null;
                    yield return item;
                    cancellation.ThrowIfCancellationRequested();
                }

                position = file.Position;
                mistake ??= file.Mistake;
            }

            if (file.Mistake is { } unreadable && files.Count > 1)
            {
                yield return SourceItem<Frame>.Of(
                    CameraNotices.Unreadable(unreadable), position.Last ?? position.FileStart, position.ToSourcePosition());
            }
        }

        if (!anythingGood && mistake is not null)
        {
            throw mistake;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int First(IReadOnlyList<(string Name, string Path)> files, VideoPosition position)
    {
        if (position.Name.Length == 0)
        {
            return 0;
        }

        for (int i = 0; i < files.Count; i++)
        {
            if (files[i].Name == position.Name)
            {
                return position.Finished ? i + 1 : i;
            }
        }

        throw new SourceException(
            position.Name, null, "The file at which the stream stopped is missing from the configuration.",
            "Add it again, or delete the stream's checkpoint to start from the beginning.");
    }
}
