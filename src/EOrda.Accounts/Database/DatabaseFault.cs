using System.Data.Common;

namespace EOrda.Accounts.Database;

/// <summary>Which exceptions are the database's. EF and Data Protection wrap them in others.</summary>
internal static class DatabaseFault
{
    /// <summary>The fault of the database within an exception, or null when it is none.</summary>
    public static Exception? Within(Exception? e)
    {
        while (e is not (null or DbException or TimeoutException))
        {
            e = e.InnerException;
        }

        return e;
    }
}
