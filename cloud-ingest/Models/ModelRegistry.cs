using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary>Models with version, digest, figures and state, in a folder. Safe for many threads and several processes.</summary>
/// <remarks>A model's file is on the disk before the index names it, and the index is replaced as a whole: whoever is killed in between leaves the
/// old registry. Changes are made one at a time, under a lock file.</remarks>
public sealed partial class ModelRegistry
{
    private const string IndexName = "registry.json";

    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly long _maxModelBytes;
    private readonly RegistryFile _file;
    private TaskCompletionSource _changed = New();

    /// <param name="folder">The folder; it is created where it does not exist.</param>
    /// <param name="maxModelBytes">Maximum bytes of a model.</param>
    /// <param name="time">Clock of registrations.</param>
    public ModelRegistry(string folder, long maxModelBytes, TimeProvider time)
    {
        Folder = Path.GetFullPath(folder);
        (_maxModelBytes, _time) = (maxModelBytes, time);
        _file = new RegistryFile(Path.Combine(Folder, IndexName));
    }

    public string Folder { get; }

    /// <summary>Completes with the next change that this object makes. Take it, then read.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>All models, by name, the oldest version first.</summary>
    /// <exception cref="RegistryException">The index cannot be read.</exception>
    public IReadOnlyList<RegisteredModel> List() => _file.Read().Models;

    /// <summary>The model of a name that nodes are to run; null: none.</summary>
    public RegisteredModel? Published(string name) => List().FirstOrDefault(model => model.Name == name && model.State == RegistryState.Published);

    public RegisteredModel? Find(string name, string version) => List().FirstOrDefault(model => (model.Name, model.Version) == (name, version));

    /// <summary>The file of a model that <see cref="List"/> has.</summary>
    public string PathOf(RegisteredModel model) => Path.Combine(Folder, $"{model.Name}-{model.Version}.onnx");

    /// <summary>The bytes of a model, checked against its digest.</summary>
    /// <exception cref="RegistryException">The file is missing or damaged.</exception>
    public byte[] Read(RegisteredModel model)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(PathOf(model));
            return Digest(bytes) == model.Digest ? bytes
                : throw new RegistryException($"{PathOf(model)} does not have the SHA-256 {model.Digest}: copy it again, or register it as a new version.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"{PathOf(model)} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The manifest of a name: the published model, and those that were withdrawn.</summary>
    public ModelManifest Manifest(string name)
    {
        RegisteredModel[] all = [.. List().Where(model => model.Name == name)];
        string[] withdrawn = [.. all.Where(model => model.State == RegistryState.Withdrawn).Select(model => model.Digest).Distinct()];
        return new ModelManifest
        {
            Models =
            [
                .. all.Where(model => model.State == RegistryState.Published).Select(model => new ModelManifestEntry
                {
                    Name = name,
                    Version = model.Version,
                    File = $"{name}/{model.Version}",
                    Digest = model.Digest,
                    Length = model.Length,
                }),
            ],
            Withdrawn = withdrawn.Length == 0 ? null : withdrawn,
        };
    }

    /// <summary>Registers a model.</summary>
    /// <param name="name">1 to 64 of a-z, 0-9, '.' and '-'.</param>
    /// <param name="version">Numbers separated by dots.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="outcome">How it was made and compared; null: someone brings it.</param>
    /// <exception cref="RegistryException">Name or version cannot be used, the version exists, or the file is too large.</exception>
    public RegisteredModel Add(string name, string version, ReadOnlyMemory<byte> file, TrainingOutcome? outcome = null)
    {
        if (!Name().IsMatch(name))
        {
            throw new RegistryException($"'{name}' is not a name of a model: use 1 to 64 of a-z, 0-9, '.' and '-'.");
        }

        if (!Version().IsMatch(version) || !System.Version.TryParse(version, out _))
        {
            throw new RegistryException($"'{version}' is not a version: use two to four numbers separated by dots, for example 1.4.");
        }

        if (file.Length == 0 || file.Length > _maxModelBytes)
        {
            throw new RegistryException($"{name} {version} has {file.Length} bytes; allowed are 1 to {_maxModelBytes} (models.maxModelBytes).");
        }

        return Change(index =>
        {
            if (index.Models.Any(model => (model.Name, model.Version) == (name, version)))
            {
                throw new RegistryException($"{name} {version} is registered already: give the file another version.");
            }

            var added = new RegisteredModel
            {
                Name = name,
                Version = version,
                Digest = Digest(file.Span),
                Length = file.Length,
                State = outcome is { IsBetter: false } ? RegistryState.Rejected : RegistryState.Candidate,
                RegisteredAt = _time.GetUtcNow(),
                Origin = outcome?.Origin ?? "brought by a person",
                Reason = outcome?.Reason ?? "not compared with the model in use",
                Metrics = outcome?.Metrics ?? [],
            };
            RegistryFile.Replace(PathOf(added), file.Span);
            return (Sorted([.. index.Models, added], index), added);
        });
    }

    /// <summary>Makes a model the one that nodes are to run; the one before is superseded.</summary>
    /// <exception cref="RegistryException">There is no such model, its file is damaged, or it was withdrawn.</exception>
    public RegisteredModel Publish(string name, string version)
    {
        RegisteredModel found = Find(name, version) ?? throw Unknown(name, version);
        Read(found);
        return Change(index =>
        {
            RegisteredModel model = index.Models.FirstOrDefault(model => (model.Name, model.Version) == (name, version)) ?? throw Unknown(name, version);
            if (model.State == RegistryState.Withdrawn || index.Models.Any(other => other.State == RegistryState.Withdrawn && other.Digest == model.Digest))
            {
                throw new RegistryException($"{name} {version} was withdrawn, and nodes will not run it again: register the file as it should be with a new version.");
            }

            DateTimeOffset now = _time.GetUtcNow();
            RegisteredModel published = model with { State = RegistryState.Published, PublishedAt = now };
            return (index with
            {
                Models =
                [
                    .. index.Models.Select(other => other == model ? published
                        : other.Name == name && other.State == RegistryState.Published ? other with { State = RegistryState.Superseded, Reason = $"replaced by {version}" }
                        : other),
                ],
            }, published);
        });
    }

    /// <summary>Withdraws the published model of a name; the one that was published before it is published again.</summary>
    /// <returns>The model that was withdrawn, and the one that nodes are to run now; null: the one that came with them.</returns>
    /// <exception cref="RegistryException">None is published.</exception>
    public (RegisteredModel Withdrawn, RegisteredModel? Published) Revert(string name, string reason)
    {
        return Change(index =>
        {
            RegisteredModel published = index.Models.FirstOrDefault(model => model.Name == name && model.State == RegistryState.Published)
                ?? throw new RegistryException($"no model '{name}' is published: 'cloud-ingest models list' lists what there is.");
            RegisteredModel? before = index.Models
                .Where(model => model.Name == name && model.State == RegistryState.Superseded && model.Digest != published.Digest)
                .MaxBy(model => model.PublishedAt);
            RegisteredModel withdrawn = published with { State = RegistryState.Withdrawn, Reason = reason };
            RegisteredModel? again = before is null ? null : before with
            {
                State = RegistryState.Published,
                PublishedAt = _time.GetUtcNow(),
                Reason = $"published again, as {published.Version} was withdrawn",
            };
            return (index with
            {
                Models = [.. index.Models.Select(other => other == published ? withdrawn : other == before ? again! : other)],
            }, (withdrawn, again));
        });
    }

    /// <summary>Labelled windows of the last training of a name; 0: none yet.</summary>
    public int TrainedLabels(string name) => _file.Read().TrainedLabels.GetValueOrDefault(name);

    /// <summary>Notes that a training has used so many labelled windows.</summary>
    public void Trained(string name, int labels) => Change(index => (index with
    {
        TrainedLabels = new Dictionary<string, int>(index.TrainedLabels) { [name] = labels },
    }, labels));

    internal static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Runs an action while no other process changes the folder.</summary>
    internal T Locked<T>(Func<T> action)
    {
        using FileStream held = _file.Lock(LongestLock);
        return action();
    }

    private T Change<T>(Func<RegistryIndex, (RegistryIndex Index, T Result)> change)
    {
        T made = Locked(() =>
        {
            (RegistryIndex index, T result) = change(_file.Read());
            _file.Write(index);
            return result;
        });
        Interlocked.Exchange(ref _changed, New()).TrySetResult();
        return made;
    }

    private static RegistryIndex Sorted(IReadOnlyList<RegisteredModel> models, RegistryIndex index) => index with
    {
        Models = [.. models.OrderBy(model => model.Name, StringComparer.Ordinal).ThenBy(model => System.Version.Parse(model.Version))],
    };

    private static RegistryException Unknown(string name, string version) =>
        new($"there is no model {name} {version}: 'cloud-ingest models list' lists what there is.");

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{0,63}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,9}){1,3}\z")]
    private static partial Regex Version();
}
