namespace EOrda.Notices.Storage;

/// <summary>The bounds of what is stored.</summary>
internal static class NoticeBounds
{
    public const int LongestEntity = 200;
    public const int LongestAddressee = 64;
    public const int LongestOwner = 100;
}
