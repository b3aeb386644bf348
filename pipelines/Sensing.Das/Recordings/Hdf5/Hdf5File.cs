using System.Globalization;
using PureHDF;
using PureHDF.VOL.Native;

namespace Sensing.Das.Recordings.Hdf5;

/// <summary>An open HDF5 file: values by path, with errors that name file, path and what was expected.</summary>
/// <remarks>A path is <c>/group/dataset</c> or, for an attribute, <c>/group/dataset@attribute</c>; <c>@attribute</c> is the root's.</remarks>
internal sealed class Hdf5File : IDisposable
{
    /// <summary>What one look at the file's structures may read: a group of a hundred thousand links, a few times over.</summary>
    private const long MostReads = 5_000_000;
    private const long MostBytes = 256L << 20;

    private readonly NativeFile _file;
    private readonly BoundedStream _bytes;

    private Hdf5File(string path, NativeFile file, BoundedStream bytes, bool complete)
    {
        Path = path;
        _file = file;
        _bytes = bytes;
        Complete = complete;
    }

    public string Path { get; }

    public IH5Group Root => _file;

    /// <summary>Bytes of the file.</summary>
    public long Length => _bytes.Length;

    /// <summary>Whether the file is as long as it says it should be.</summary>
    public bool Complete { get; }

    /// <exception cref="RecordingException">No such file, no HDF5, or damaged beyond its first bytes.</exception>
    public static Hdf5File Open(string path)
    {
        try
        {
            bool complete;
            using (FileStream bytes = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            {
                long length = bytes.Length;
                complete = Superblock.DeclaredLength(bytes) switch
                {
                    null when length == 0 => throw new RecordingException(
                        "truncated", path, null, "The file is empty.", "Copy it again from the interrogator."),
                    null => throw new RecordingException(
                        "foreign", path, null,
                        KnownForeignFiles.NameOf(bytes) is { } name
                            ? $"This is {name}, which is not read."
                            : $"This is no HDF5 file: it begins with {FirstBytes(bytes)}.",
                        "Give an HDF5 recording, or name the right source for this file (npy for NumPy files)."),
                    { } declared => declared <= length && declared > 0,
                };
            }

            try
            {
                // The stream buffers by itself.
                var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                var bytes = new BoundedStream(file);
                try
                {
                    bytes.Allow(MostReads, MostBytes);
                    return new Hdf5File(path, H5File.Open(bytes, leaveOpen: false), bytes, complete);
                }
                catch
                {
                    bytes.Dispose();
                    throw;
                }
            }
            catch (Exception error) when (error is not RecordingException && !complete)
            {
                throw Truncated(path, null, error);
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecordingException("missing", path, null, "There is no such file.", "Check the path.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException)
        {
            throw new RecordingException("unreadable", path, null, "The file may not be read by this program's user.", "Give it read permission.", error);
        }
        catch (Exception error) when (error is not RecordingException)
        {
            throw Damaged(path, null, error);
        }
    }

    public static RecordingException Truncated(string path, string? position, Exception? cause) => new(
        "truncated", path, position, "The file ends too early: it is shorter than its own header says.",
        "Copy it again from the interrogator, or check the disk that it was written to.", cause);

    public static RecordingException Damaged(string path, string? position, Exception cause) => new(
        "unreadable", path, position, $"The HDF5 content cannot be decoded ({FirstLine(cause.Message)}).",
        cause.Message.Contains("filter", StringComparison.OrdinalIgnoreCase)
            ? "Write it anew with a filter that is read: h5repack -f GZIP=4 IN OUT."
            : "Check the file with h5dump; copy it again from the interrogator.",
        cause);

    /// <summary>Whether a group, a dataset or an attribute is there.</summary>
    public bool Has(string path)
    {
        (string holder, string? attribute) = Split(path);
        return Guard(path, () =>
        {
            if (holder.Length > 0 && !LinkExists(holder))
            {
                return false;
            }

            return attribute is null || Holder(holder).AttributeExists(attribute);
        });
    }

    /// <summary>A dataset with two dimensions of numbers.</summary>
    public NativeDataset Matrix(string path)
    {
        NativeDataset dataset = Guard(path, () => LinkExists(path.Trim('/')) ? _file.Get(path) as NativeDataset : null)
            ?? throw Missing(path, "dataset");
        if (dataset.Space.Rank != 2)
        {
            throw new RecordingException(
                "wrong-type", Path, path, $"The dataset has {dataset.Space.Rank} dimensions ({string.Join(" × ", dataset.Space.Dimensions)}), not time × distance.",
                "Name another dataset, or convert the file.");
        }

        return dataset;
    }

    /// <summary>A number; several equal ones, and text that is a number, count as one.</summary>
    public double Number(string path) => OptionalNumber(path) ?? throw Missing(path, "number");

    public double? OptionalNumber(string path) => Value(path) switch
    {
        null => null,
        Array { Length: 0 } => null,
        string[] texts when double.TryParse(texts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) => parsed,
        Array numbers when numbers is not string[] && One(numbers) is { } number => number,
        { } other => throw new RecordingException(
            "wrong-type", Path, path, $"A number is expected, not {Hdf5Value.Shown(other)}.", "Check the layout's path, or correct the file."),
    };

    public double[] Numbers(string path) => Value(path) switch
    {
        null => throw Missing(path, "numbers"),
        string[] texts => throw new RecordingException(
            "wrong-type", Path, path, $"Numbers are expected, not {Hdf5Value.Shown(texts)}.", "Check the file."),
        Array numbers => [.. numbers.Cast<IConvertible>().Select(n => n.ToDouble(null))],
    };

    public string Text(string path) => OptionalText(path) ?? throw Missing(path, "text");

    public string? OptionalText(string path) => Texts(path) is { Count: > 0 } texts ? texts[0] : null;

    /// <summary>Texts; null where the path is not there.</summary>
    public IReadOnlyList<string>? Texts(string path) => Value(path) switch
    {
        null => null,
        string[] texts => texts,
        Array numbers => [.. numbers.Cast<object>().Select(n => FormattableString.Invariant($"{n}"))],
    };

    public RecordingException Missing(string path, string what) => new(
        "incomplete", Path, path, $"The {what} is missing.", "Check the file, or describe its layout in the source's options.");

    /// <summary>Runs a read; what PureHDF throws on damaged content becomes an error that says where.</summary>
    public T Guard<T>(string position, Func<T> read)
    {
        try
        {
            _bytes.Allow(MostReads, MostBytes);
            return read();
        }
        catch (Exception error) when (error is not RecordingException)
        {
            throw Failure(position, error);
        }
    }

    /// <summary>Begins a read of samples: their own bytes, and the way to each of their chunks.</summary>
    public void AllowSamples(long bytes) => _bytes.Allow(MostReads, MostBytes + (4 * bytes));

    /// <summary>What a failed read means: a cut file, or a damaged one.</summary>
    public RecordingException Failure(string position, Exception cause) =>
        Complete ? Damaged(Path, position, cause) : Truncated(Path, position, cause);

    public void Dispose() => _file.Dispose();

    private Array? Value(string path)
    {
        (string holder, string? attribute) = Split(path);
        if (!Has(path))
        {
            return null;
        }

        return Guard(path, () => attribute is null
            ? Hdf5Value.Read((IH5Dataset)_file.Get(holder))
            : Hdf5Value.Read(Holder(holder).Attribute(attribute)));
    }

    /// <summary>The number that all values are; null where they differ.</summary>
    private static double? One(Array numbers)
    {
        double first = ((IConvertible)numbers.GetValue(0)!).ToDouble(null);
        return numbers.Cast<IConvertible>().All(number => number.ToDouble(null).Equals(first)) ? first : null;
    }

    private IH5Object Holder(string path) => path.Length == 0 ? _file : _file.Get(path);

    /// <summary>PureHDF throws where a path's parent is absent, so every step is asked for.</summary>
    private bool LinkExists(string path)
    {
        IH5Group group = _file;
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < steps.Length; i++)
        {
            if (!group.LinkExists(steps[i]))
            {
                return false;
            }

            if (i < steps.Length - 1)
            {
                if (group.Get(steps[i]) is not IH5Group next)
                {
                    return false;
                }

                group = next;
            }
        }

        return true;
    }

    private static (string Holder, string? Attribute) Split(string path)
    {
        int at = path.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (path.Trim('/'), null) : (path[..at].Trim('/'), path[(at + 1)..]);
    }

    private static string FirstBytes(FileStream file)
    {
        byte[] head = new byte[6];
        file.Position = 0;
        int count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        string shown = string.Concat(head.Take(count).Select(b => b is >= 0x20 and < 0x7F ? ((char)b).ToString() : $"\\x{b:X2}"));
        return $"'{shown}'";
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim().TrimEnd('.');
}
