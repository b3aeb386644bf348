using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PureHDF;
using Sensing.Das;
using Sensing.Das.Recordings.Npy;
using Sensing.Das.Sources;
using Sensing.Das.Tests.Recordings;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Marine.Impacts.Sources;
using Sensing.Marine.Sources;
using Sensing.Modules.SiteEvents;
using Sensing.Streams;
using Sensing.Vision.Sources;
using SkiaSharp;

namespace Sensing.EdgeNode.Tests.Readers;

/// <summary>The readers of recordings, logs and files of the edge node.</summary>
public static class ReaderTargets
{
    /// <summary>No pipeline would take more of a small file.</summary>
    private const int MostItems = 5_000;

    private static readonly StreamContext Context = new(new StreamAddress("site", "node", "stream"),
        TimeProvider.System, Path.GetTempPath());

    private static readonly EventTypeName NoticeType = NodeEvents.Notice.Name;

    public static IReadOnlyList<ReaderTarget> All { get; } =
    [
        Source("optodas", "a.h5", false, folder => WrittenFiles.OptoDas(Path.Combine(folder, "a.h5")), Hdf5),
        Source("prodml", "a.h5", false, folder => WrittenFiles.ProdMl(Path.Combine(folder, "a.h5")), Hdf5),
        Source("strain-rate", "a.h5", false, folder => WritePlain(Path.Combine(folder, "a.h5")), Hdf5),
        Source("npy", "a.npy", false, WriteNpy, path =>
            new FileSource(new NpySourceOptions { Files = [path] }, Context)),
        Source("npy-sidecar", "a.json", true, WriteNpy,
            path => new FileSource(new NpySourceOptions { Files = [Path.ChangeExtension(path, ".npy")] }, Context)),
        Source("nmea-log", "a.nmea", true,
            folder => File.WriteAllBytes(Path.Combine(folder, "a.nmea"),
                Checksummed(Encoding.ASCII.GetBytes(string.Join('\n', NmeaLines()) + '\n'))),
            path => new LogSource(new LogSourceOptions { Files = [path] }, Context)) with { Repair = Checksummed },
        Source("inertial-csv", "a.csv", true, folder => WriteText(folder, "a.csv", InertialLines()),
            path => new InertialCsvSource(new InertialCsvOptions { File = path }, Context)),
        Source("event-file", "a.ndjson", true, folder => WriteText(folder, "a.ndjson", EventLines()),
            path => new EventFileSource([NoticeType], new EventFileSourceOptions { File = path }, Context)),
        Source("png", "a.png", false, folder => WritePicture(Path.Combine(folder, "a.png"), SKEncodedImageFormat.Png),
            Pictures),
        Source("jpeg", "a.jpg", false, folder =>
            WritePicture(Path.Combine(folder, "a.jpg"), SKEncodedImageFormat.Jpeg), Pictures),
        new("calibration", "a.json", true, folder => WriteText(folder, "a.json", [Calibration]),
            path => Task.FromResult(SiteCalibration.Load(new DasOptions { CalibrationFile = path },
                Path.GetTempPath())), error => error is InvalidDataException),
        new("node-configuration", "a.json", true, folder => WriteText(folder, "a.json", Node.Split('\n')),
            path => Task.FromResult(new NodeConfiguration(NodeCatalogue.Create().Streams).Load(path, [], [])),
            _ => false),
    ];

    private const string Calibration = """
        { "firstM": 5, "stepM": 5, "vehicles": 120, "classes": null,
          "delaysIncreasingSeconds": [0, 0.1, 0.2], "delaysDecreasingSeconds": [0.2, 0.1, 0] }
        """;

    private const string Node = """
        { "site": "a6-km-41", "node": "cabinet-3", "mqtt": { "host": "broker.example", "port": 8883 },
          "outbox": { "maxMegabytes": 500 },
          "streams": [
            { "name": "fibre", "pace": "max", "source": { "type": "directory", "directory": "/data/das" },
              "das": { "preset": "street" } },
            { "name": "file", "das": {}, "source": { "type": "hdf5", "files": ["a.h5"],
              "layout": { "data": "/a", "timeStep": "0.01", "channelStep": "5" } } }
          ] }
        """;

    private static FileSource Hdf5(string path) => new(new Hdf5SourceOptions { Files = [path] }, Context);

    private static ImagesSource Pictures(string path) => new(new ImagesSourceOptions { Files = [path] }, Context);

    private static ReaderTarget Source<TSample>(
        string name, string file, bool isText, Action<string> write, Func<string, ISource<TSample>> open)
        where TSample : class, ITimed =>
            new(name, file, isText, write, path => ReadAsync(open(path)), error => error is SourceException);

    private static async Task ReadAsync<TSample>(ISource<TSample> source)
        where TSample : class, ITimed
    {
        await using (source)
        {
            int items = 0;
            await foreach (SourceItem<TSample> item in source.ReadAsync(null, CancellationToken.None))
            {
                (item.Sample as IDisposable)?.Dispose();
                if (++items == MostItems)
                {
                    return;
                }
            }
        }
    }

    private static void WritePlain(string path)
    {
        var samples = new short[20, 3];
        for (int r = 0; r < 20; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                samples[r, c] = (short)((10 * r) + c);
            }
        }

        new H5File
        {
            Attributes = { ["dt"] = 0.01, ["dx"] = 5.0, ["start_time"] = "2026-05-01T08:00:00Z" },
            ["strain_rate"] = new H5Dataset(samples)
            {
                Attributes = { ["scale"] = 1e-9, ["unit"] = "1/s", ["axes"] = "time,distance" },
            },
        }.Write(path);
    }

    private static void WriteNpy(string folder)
    {
        var geometry = new DasGeometry(Channels: 3, TimeStepSeconds: 0.01, ChannelStepM: 5, FirstChannelM: 0,
            GaugeLengthM: 10);
        var start = new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
        using var writer = new NpyRecordingWriter(Path.Combine(folder, "a.npy"), geometry, start);
        using var block = new DasBlock(geometry, start, firstSample: 0, rows: 20);
        block.Values.Fill(1e-7f);
        writer.Append(block);
        writer.Complete();
    }

    private static void WritePicture(string path, SKEncodedImageFormat format)
    {
        using var picture = new SKBitmap(24, 16);
        picture.Erase(SKColors.Teal);
        picture.SetPixel(3, 3, SKColors.Red);
        using FileStream file = File.Create(path);
        picture.Encode(file, format, 80);
    }

    private static void WriteText(string folder, string name, IEnumerable<string> lines) =>
        File.WriteAllText(Path.Combine(folder, name), string.Join('\n', lines) + "\n", new UTF8Encoding(false));

    private static IEnumerable<string> NmeaLines() => new[]
    {
        "GPRMC,120000.00,A,5400.0000,N,01000.0000,E,10.0,0.0,010526,,,A", "GPHDT,0.0,T",
            "RATTM,01,1.9,0.0,T,10.0,180.0,T,,,N,,T",
        "GPZDA,120001.00,01,05,2026,00,00", "GPGGA,120001.00,5400.0030,N,01000.0000,E,1,08,1.0,1.0,M,40.0,M,,",
            "GPVTG,0.0,T,,M,10.0,N,18.5,K,A",
        "GPRMC,120002.00,A,5400.0060,N,01000.0000,E,10.0,0.0,010526,,,A",
    }.Select(body => $"${body}*{body.Aggregate(0, (sum, character) => sum ^ character):X2}")
        .Append("\\s:ais,c:1746100803*00\\!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24");

    /// <summary>Writes the checksum of each sentence, and of each tag block, anew.</summary>
    private static byte[] Checksummed(byte[] log) => Encoding.Latin1.GetBytes(
        Regex.Replace(Encoding.Latin1.GetString(log), @"([$!\\])([^$!\\*\n]*)\*[0-9A-Fa-f]{2}", found =>
                $"{found.Groups[1].Value}{found.Groups[2].Value}*{Sum(found.Groups[2].Value):X2}"));

    private static int Sum(string text) => text.Aggregate(0, (sum, character) => sum ^ character) & 0xFF;

    private static IEnumerable<string> InertialLines() =>
    [
        "t_s,ax_mps2,ay_mps2,az_mps2,gx_radps,gy_radps,gz_radps",
        .. Enumerable.Range(0, 20).Select(i =>
            FormattableString.Invariant($"{i / 100.0},0.1,{i * 0.01:0.00},9.81,0.001,-0.002,0")),
    ];

    private static IEnumerable<string> EventLines() => Enumerable.Range(0, 5).Select(i =>
        Encoding.UTF8.GetString(CloudEventJson.Write(new SensorEvent(
            $"id-{i}", new StreamAddress("site", "node", "stream"), "sensing.node.notice.v1",
                new DateTimeOffset(2026, 5, 1, 8, 0, i, TimeSpan.Zero),
            EventPriority.Fact, Encoding.UTF8.GetBytes(
                JsonSerializer.Serialize(new { code = "test", message = $"{i}" }))))));
}
