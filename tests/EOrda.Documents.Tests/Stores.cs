using EOrda.Documents.Content;
using EOrda.Documents.Storage;

namespace EOrda.Documents.Tests;

public sealed class Stores : IDisposable
{
    private const string Application = "АЛМ-26-7KQ4-M92D";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _root = Directory.CreateTempSubdirectory("documents-").FullName;
    private readonly DocumentStore _store;

    public Stores() => _store = Open();

    [Fact]
    public async Task What_is_stored_is_read_again_also_by_the_next_process()
    {
        var document = await StoreAsync(Application, Samples.Pdf);
        Assert.Equal((DocumentType.Pdf, Samples.Pdf.Length), (document.Type, document.Length));
        using var next = Open();
        Assert.Equal(Samples.Pdf, await ReadAsync(next, document.Name));
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData(2 * 64 * 1024)]
    [InlineData(DocumentInspection.MostBytes)]
    public async Task A_document_of_whole_chunks_and_the_largest_one_are_read_again(int length)
    {
        byte[] content = [.. Samples.Jpeg, .. new byte[length - Samples.Jpeg.Length]];
        Assert.Equal(content, await ReadAsync(_store, (await StoreAsync(Application, content)).Name));
    }

    [Fact]
    public async Task A_document_of_10_MB_and_a_byte_is_refused_without_being_read_to_its_end()
    {
        using var endless = new EndlessStream();
        var outcome = await _store.StoreAsync(Application, endless, CancellationToken.None);
        Assert.Equal(new StoreOutcome(null, DocumentFault.TooLarge), outcome);
        Assert.Equal(DocumentInspection.MostBytes + 1, endless.Given);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_behind()
    {
        var outcome = await _store.StoreAsync(Application, new MemoryStream("<html>"u8.ToArray()), CancellationToken.None);
        Assert.Equal(new StoreOutcome(null, DocumentFault.UnknownType), outcome);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task The_same_content_is_stored_once_an_application_and_deleted_in_one_only()
    {
        var first = await StoreAsync(Application, Samples.Png);
        Assert.Equal(first, await StoreAsync(Application, Samples.Png));
        var other = await StoreAsync("АСТ-26-AAAA-BBBB", Samples.Png);
        Assert.NotEqual(first.Name, other.Name);
        Assert.Equal(2, Files().Length);

        Assert.True(_store.Delete(first.Name));
        Assert.False(_store.Delete(first.Name));
        Assert.Null(await ReadAsync(_store, first.Name));
        Assert.Equal(Samples.Png, await ReadAsync(_store, other.Name));
    }

    [Fact]
    public async Task The_directory_tells_neither_content_nor_whose_it_is()
    {
        await StoreAsync(Application, Samples.Pdf);
        var file = Assert.Single(Files());
        Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("Catalog"u8));
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Samples.Pdf)), file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public async Task Any_changed_bit_is_found_before_a_byte_is_given_out()
    {
        var document = await StoreAsync(Application, Samples.Pdf);
        var file = Assert.Single(Files());
        var stored = await File.ReadAllBytesAsync(file);
        for (var i = 0; i < stored.Length; i++)
        {
            var changed = stored.ToArray();
            changed[i] ^= 0x10;
            await AssertDamagedAsync(document.Name, file, changed);
        }
    }

    [Fact]
    public async Task A_file_cut_short_or_made_longer_or_with_chunks_exchanged_is_found_before_a_byte_is_given_out()
    {
        const int Head = 6 + 32;
        const int Chunk = (64 * 1024) + 16;
        byte[] content = [.. Samples.Jpeg, .. new byte[200_000]];
        var document = await StoreAsync(Application, content);
        var file = Assert.Single(Files());
        var stored = await File.ReadAllBytesAsync(file);
        int[] lengths = [0, 5, Head, Head + 15, Head + Chunk - 1, Head + Chunk, Head + Chunk + 1, Head + (2 * Chunk), stored.Length - 1];
        foreach (var length in lengths)
            await AssertDamagedAsync(document.Name, file, stored[..length]);
        await AssertDamagedAsync(document.Name, file, [.. stored, 0]);
        await AssertDamagedAsync(document.Name, file, [.. stored, .. stored[^100..]]);
        await AssertDamagedAsync(document.Name, file, [.. stored[..Head], .. stored[(Head + Chunk)..(Head + (2 * Chunk))], .. stored[Head..(Head + Chunk)], .. stored[(Head + (2 * Chunk))..]]);
    }

    [Fact]
    public async Task A_file_put_under_another_name_or_read_with_another_key_is_found()
    {
        var one = await StoreAsync(Application, Samples.Pdf);
        var oneFile = Assert.Single(Files());
        var other = await StoreAsync(Application, Samples.Png);
        var otherFile = Assert.Single(Files(), file => file != oneFile);
        await AssertDamagedAsync(other.Name, otherFile, await File.ReadAllBytesAsync(oneFile));

        using var stranger = new DocumentStore(Path.Combine(_root, "documents"), Path.Combine(_root, "other.key"));
        await Assert.ThrowsAsync<DocumentDamagedException>(() => ReadAsync(stranger, one.Name));
    }

    [Fact]
    public void The_key_must_not_lie_among_the_documents() =>
        Assert.Throws<ArgumentException>(() => new DocumentStore(_root, Path.Combine(_root, "documents.key")));

    [Theory]
    [InlineData("")]
    [InlineData("0011")]
    [InlineData("zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void A_file_without_a_key_is_no_key(string content)
    {
        var path = Path.Combine(_root, "wrong.key");
        File.WriteAllText(path, content);
        Assert.Throws<InvalidDataException>(() => DocumentKey.ReadOrMake(path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../../../../../../../../../../../../../../../../../etc/passwd..")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_name_is_64_digits_and_no_path(string? text)
    {
        Assert.False(DocumentName.TryParse(text, out var name));
        Assert.Throws<InvalidOperationException>(() => _store.Delete(name));
    }

    [Fact]
    public async Task A_name_kept_as_text_finds_the_document_again()
    {
        var document = await StoreAsync(Application, Samples.Pdf);
        Assert.True(DocumentName.TryParse(document.Name.ToString(), out var name));
        Assert.Equal(Samples.Pdf, await ReadAsync(_store, name));
    }

    [Fact]
    public async Task Only_so_many_are_taken_at_once_and_the_next_is_told_so()
    {
        using var end = new CancellationTokenSource();
        var silent = Enumerable.Range(0, DocumentStore.MostAtOnce).Select(_ => _store.StoreAsync(Application, new SilentStream(), end.Token)).ToList();
        Assert.Equal(new StoreOutcome(null, DocumentFault.Busy), await _store.StoreAsync(Application, new MemoryStream(Samples.Pdf), CancellationToken.None));
        await end.CancelAsync();
        foreach (var waiting in silent)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Limit));
        await StoreAsync(Application, Samples.Pdf);
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_removed_at_the_next_start()
    {
        var half = Path.Combine(_root, "documents", "00.new");
        await File.WriteAllTextAsync(half, "half");
        using var next = Open();
        Assert.False(File.Exists(half));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a scope that is longer than sixty-four characters is not a scope at all")]
    public async Task A_scope_has_1_to_64_characters(string scope) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.StoreAsync(scope, new MemoryStream(Samples.Pdf), CancellationToken.None));

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private string KeyFile => Path.Combine(_root, "keys", "documents.key");

    private DocumentStore Open() => new(Path.Combine(_root, "documents"), KeyFile);

    private string[] Files() => Directory.GetFiles(Path.Combine(_root, "documents"), "*", SearchOption.AllDirectories);

    private async Task<StoredDocument> StoreAsync(string scope, byte[] content)
    {
        var outcome = await _store.StoreAsync(scope, new MemoryStream(content), CancellationToken.None);
        Assert.Null(outcome.Fault);
        return outcome.Document!;
    }

    private static async Task<byte[]?> ReadAsync(DocumentStore store, DocumentName name)
    {
        using var read = new MemoryStream();
        return await store.ReadAsync(name, read, CancellationToken.None) ? read.ToArray() : null;
    }

    private async Task AssertDamagedAsync(DocumentName name, string file, byte[] content)
    {
        await File.WriteAllBytesAsync(file, content);
        using var read = new MemoryStream();
        await Assert.ThrowsAsync<DocumentDamagedException>(() => _store.ReadAsync(name, read, CancellationToken.None));
        Assert.Equal(0, read.Length);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
