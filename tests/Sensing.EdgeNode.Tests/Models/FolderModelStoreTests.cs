using System.Text;
using Sensing.EdgeNode.Models;
using Sensing.Models;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Models;

public sealed class FolderModelStoreTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ModelFolder _folder;
    private readonly FolderModelStore _store;

    public FolderModelStoreTests()
    {
        _folder = new ModelFolder(_temporary["models"]);
        _store = new FolderModelStore(_folder.Path);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void The_newest_version_is_found_and_read()
    {
        _folder.Write("old.onnx", "nine");
        _folder.Write("sub/new.onnx", "ten");
        _folder.List(
            ModelFolder.Line("detector", "1.10", "sub/new.onnx", ModelFolder.Digest("ten").ToUpperInvariant()),
            ModelFolder.Line("detector", "1.9", "old.onnx"));

        ModelDescription found = _store.Find(new ModelReference("detector"));

        Assert.Equal(new ModelDescription("detector", "1.10", ModelFolder.Digest("ten"), 3), found);
        Assert.Equal("ten", Text(found));
        Assert.Equal("nine", Text(_store.Find(new ModelReference("detector", "1.9"))));
        Assert.Equal(["1.10", "1.9"], _store.List().Select(model => model.Version));
    }

    [Fact]
    public void A_damaged_or_missing_file_is_named_with_a_remedy_and_costs_no_other_model()
    {
        _folder.Write("good.onnx", "good");
        _folder.Write("bad.onnx", "bad");
        _folder.List(
            ModelFolder.Line("good", "1", "good.onnx"), ModelFolder.Line("bad", "1", "good.onnx"),
            ModelFolder.Line("bad", "2", "bad.onnx", ModelFolder.Digest("as sent")), ModelFolder.Line("gone", "1", "gone.onnx"));

        ModelException damaged = Assert.Throws<ModelException>(() => _store.Find(new ModelReference("bad")));
        ModelException missing = Assert.Throws<ModelException>(() => _store.Find(new ModelReference("gone")));

        Assert.Equal(
            $"{_folder.File("bad.onnx")}: the file does not have the SHA-256 {ModelFolder.Digest("as sent")}. Copy it again, or correct its digest in the manifest.",
            damaged.Message);
        Assert.Contains("gone.onnx", missing.Message, StringComparison.Ordinal);
        Assert.EndsWith("Check the folder and its files.", missing.Message, StringComparison.Ordinal);
        Assert.Equal(["bad 1", "good 1"], _store.List().Select(model => $"{model.Name} {model.Version}"));
        Assert.Equal("good", Text(_store.Find(new ModelReference("good"))));
    }

    [Fact]
    public void A_changed_manifest_is_read_again()
    {
        _folder.Write("a.onnx", "a");
        _folder.List(ModelFolder.Line("detector", "1", "a.onnx"));
        Assert.Equal("1", _store.Find(new ModelReference("detector")).Version);

        _folder.Write("b.onnx", "b");
        _folder.List(ModelFolder.Line("detector", "1", "a.onnx"), ModelFolder.Line("detector", "2", "b.onnx"));

        Assert.Equal("b", Text(_store.Find(new ModelReference("detector"))));
    }

    [Fact]
    public void A_changed_file_is_another_model_where_the_manifest_has_no_digest_and_damaged_where_it_has()
    {
        _folder.Write("free.onnx", "before");
        _folder.Write("fixed.onnx", "before");
        _folder.List(ModelFolder.Line("free", "1", "free.onnx"), ModelFolder.Line("fixed", "1", "fixed.onnx", ModelFolder.Digest("before")));
        ModelDescription free = _store.Find(new ModelReference("free"));
        ModelDescription fixedOne = _store.Find(new ModelReference("fixed"));

        _folder.Write("free.onnx", "after!");
        _folder.Write("fixed.onnx", "after the fact");

        Assert.Equal("after!", Text(_store.Find(new ModelReference("free"))));
        Assert.Contains("the model free 1 has gone or changed.", Problem(() => _store.Read(free)), StringComparison.Ordinal);
        Assert.Contains("does not have the SHA-256", Problem(() => _store.Find(new ModelReference("fixed"))), StringComparison.Ordinal);
        Assert.Contains("does not have the SHA-256", Problem(() => _store.Read(fixedOne)), StringComparison.Ordinal);

        _folder.Write("fixed.onnx", "before");
        Assert.Equal("before", Text(fixedOne));
    }

    [Theory]
    [InlineData("../outside.onnx")]
    [InlineData("/etc/hostname")]
    [InlineData("../models-of-others/a.onnx")]
    public void A_file_outside_the_folder_is_refused(string file)
    {
        Directory.CreateDirectory(_temporary["models-of-others"]);
        File.WriteAllText(_temporary["models-of-others/a.onnx"], "a");
        File.WriteAllText(_temporary["outside.onnx"], "a");
        _folder.List(ModelFolder.Line("detector", "1", file));

        ModelException error = Assert.Throws<ModelException>(() => _store.List());
        Assert.Equal($"{_folder.Manifest}: the file {file} lies outside the folder. Name files below the manifest.", error.Message);
    }

    [Fact]
    public void A_version_that_is_listed_twice_is_refused()
    {
        _folder.Write("a.onnx", "a");
        _folder.List(ModelFolder.Line("detector", "1", "a.onnx"), ModelFolder.Line("detector", "1", "a.onnx"));

        ModelException error = Assert.Throws<ModelException>(() => _store.Find(new ModelReference("detector")));
        Assert.Equal($"{_folder.Manifest}: detector 1 is listed more than once. Give each file a version of its own.", error.Message);
    }

    [Theory]
    [InlineData("""{ "models": [ { "name": "a", "version": "1" } ] }""", "'file'")]
    [InlineData("""{ "models": [ { "name": "a", "version": "1", "file": "a", "sha": "0" } ] }""", "'sha'")]
    [InlineData("null", "the file is null")]
    [InlineData("{", "not a manifest of models")]
    public void A_manifest_with_a_mistake_is_refused_with_its_path_and_read_again_once_corrected(string text, string part)
    {
        _folder.Write("a.onnx", "a");
        _folder.Write("manifest.json", text);

        for (int time = 0; time < 2; time++)
        {
            ModelException error = Assert.Throws<ModelException>(() => _store.List());
            Assert.StartsWith($"{_folder.Manifest}: not a manifest of models: ", error.Message, StringComparison.Ordinal);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }

        _folder.Write("manifest.json", $"/* mine */ {{ \"models\": [ {ModelFolder.Line("a", "1", "a.onnx")}, ] }}");
        Assert.Single(_store.List());
    }

    [Fact]
    public void A_folder_without_a_manifest_and_a_model_that_is_not_listed_are_errors_with_a_remedy()
    {
        Assert.Contains("manifest.json", Assert.Throws<ModelException>(() => _store.List()).Message, StringComparison.Ordinal);
        _folder.List();

        Assert.Equal(
            $"{_folder.Path}: there is no model detector 2. Put its file there and list it in manifest.json (docs/edge-node.md).",
            Problem(() => _store.Find(new ModelReference("detector", "2"))));
    }

    private static string Problem(Func<object> use) => Assert.Throws<ModelException>(() => use()).Message;

    private string Text(ModelDescription model) => Encoding.UTF8.GetString(_store.Read(model).Span);
}
