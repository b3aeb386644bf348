namespace Sensing.EdgeNode.Tests.Readers;

/// <summary>Gives a reader changed files, one after the other. The same number is the same file.</summary>
public sealed class ReaderFuzz
{
    private readonly ReaderTarget _target;
    private readonly int _seed;
    private readonly string _folder;
    private readonly byte[] _original;

    /// <param name="target">The reader.</param>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="seed">Of all its files.</param>
    public ReaderFuzz(ReaderTarget target, string folder, int seed)
    {
        _target = target;
        _seed = seed;
        _folder = Directory.CreateDirectory(folder).FullName;
        target.Write(_folder);
        _original = File.ReadAllBytes(Path.Combine(_folder, target.FileName));
    }

    /// <summary>The file of a number.</summary>
    public byte[] Input(long number)
    {
        byte[] changed = Mutation.Of(_original, _target.IsText, new Random(HashCode(number)));
        return _target.Repair is { } repair && number % 2 == 0 ? repair(changed) : changed;
    }

    /// <summary>Reads the file of a number.</summary>
    /// <returns>An exception that is no report; null: it was read, or reported.</returns>
    public async Task<Exception?> TryAsync(long number)
    {
        string path = Path.Combine(_folder, _target.FileName);
        await File.WriteAllBytesAsync(path, Input(number));
        try
        {
            await _target.Read(path);
            return null;
        }
        catch (Exception error)
        {
            return _target.IsReport(error) ? null : error;
        }
    }

    /// <summary>The same on every machine and in every run.</summary>
    private int HashCode(long number)
    {
        ulong mixed = ((ulong)(uint)_seed << 32) ^ ((ulong)number * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        return (int)((mixed ^ (mixed >> 27)) & int.MaxValue);
    }
}
