using System.Runtime.CompilerServices;
using Sensing.Das.Recordings;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.Das.Sources;

/// <summary>Recordings that are all there: read one after the other, as fast as they are taken.</summary>
public sealed class FileSource : ISource<DasBlock>
{
    private readonly FileSourceOptions _options;
    private readonly string _baseDirectory;
    private readonly Func<string, Recording> _open;

    public FileSource(Hdf5SourceOptions options, StreamContext context)
        : this(options, context, path => RecordingFormats.OpenHdf5(path, options.Layout))
    {
    }

    public FileSource(NpySourceOptions options, StreamContext context)
        : this(options, context, RecordingFormats.OpenNpy)
    {
    }

    private FileSource(FileSourceOptions options, StreamContext context, Func<string, Recording> open)
    {
        _options = options;
        _baseDirectory = context.BaseDirectory;
        _open = open;
    }

    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<DasBlock>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Files are read on the caller's own thread; this lets the enumeration begin before the first is opened.
        await Task.CompletedTask.ConfigureAwait(false);
        IReadOnlyList<(string Name, string Path)> files = RecordingFiles.Find(_options.Files, _baseDirectory);
        using var reader = new RecordingReader(_options.BlockSeconds);
        int next = 0;
        if (after is { } saved && RecordingPosition.Parse(saved) is { Name.Length: > 0 } position)
        {
            string path = files[Index(files, position.Name)].Path;
            next = Index(files, position.Name) + 1;
            reader.Resume(position, path, () => Open(path));
        }

        RecordingException? mistake = null;
        bool anythingGood = after is not null;
        while (true)
        {
            while (reader.Next() is { } item)
            {
                anythingGood |= item.Sample is not null;
                yield return item;
                cancellation.ThrowIfCancellationRequested();
            }

            cancellation.ThrowIfCancellationRequested();
            if (next == files.Count)
            {
                break;
            }

            (string name, string file) = files[next++];
            mistake = reader.Begin(name, file, () => Open(file)) ?? mistake;
            if (mistake is not null && files.Count == 1)
            {
                break;
            }
        }

        if (!anythingGood && mistake is not null)
        {
            throw mistake.ToSourceException();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Recording Open(string path)
    {
        Recording recording = _open(path);
        try
        {
            return recording.Section(path, _options.FromM, _options.ToM);
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }

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
            name, null, "The file at which the stream stopped is missing from the configuration.",
            "Add it again, or delete the stream's checkpoint to start from the beginning.");
    }
}
